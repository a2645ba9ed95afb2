package io.clickpy.core.packaging;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of versions, as PEP 440 writes it: clauses that must all hold, as {@code >=2,!=2.1.*,<3}.
 * Without a clause it contains every version.
 *
 * <pre>{@code
 * VersionSpecifier supported = VersionSpecifier.parse(">=2,<3");
 * boolean yes = supported.contains(PackageVersion.parse("2.2.3"));
 * boolean no = supported.contains(PackageVersion.parse("2.3rc1")); // a pre-release
 * boolean asked =
 *     supported.contains(PackageVersion.parse("2.3rc1"), PreReleases.INCLUDE); // true
 * }</pre>
 *
 * <p>The operators are {@code == != <= >= < > ~= ===}. {@code ==} and {@code !=} take a series, as
 * {@code 2.*}. {@code <2} leaves out the pre-releases of 2, {@code >2} its post-releases and local
 * versions. {@code ===} compares text, upper and lower case alike: with the version as it was
 * written and in its normal form. Two specifiers are equal if they have the same clauses, in
 * whatever order.
 *
 * @see <a href="https://peps.python.org/pep-0440/#version-specifiers">PEP 440, version
 *     specifiers</a>
 */
public final class VersionSpecifier {
  private final Set<VersionClause> clauses;

  VersionSpecifier(Collection<VersionClause> clauses) {
    this.clauses = Collections.unmodifiableSet(new LinkedHashSet<>(clauses));
  }

  /**
   * Reads a specifier.
   *
   * @param text clauses with commas between them; empty for every version
   * @throws IllegalArgumentException if it is none: {@code .*} with another operator than {@code
   *     ==} and {@code !=}, a local label with another than these, {@code ~=} with one number, or a
   *     version that PEP 440 does not know outside {@code ===}
   */
  public static VersionSpecifier parse(String text) {
    TextCursor cursor =
        new TextCursor(
            text,
            "version specifier",
            "Write it as PEP 440 says, for example >=2,<3 or ==1.4.* or ~=2.1.");
    VersionSpecifier specifier = VersionSpecifierParser.read(cursor);
    cursor.expectEnd();
    return specifier;
  }

  /** Returns the clauses that must all hold, each once, in the order they were written. */
  public Set<VersionClause> clauses() {
    return clauses;
  }

  /** Returns whether the version is in the set, pre-releases {@link PreReleases#BY_RULE}. */
  public boolean contains(PackageVersion version) {
    return contains(version, PreReleases.BY_RULE);
  }

  /**
   * Returns whether the version is in the set.
   *
   * @param preReleases whether it may be a pre-release; by the rule, only where a clause names one
   */
  public boolean contains(PackageVersion version, PreReleases preReleases) {
    return (!version.isPreRelease() || letsIn(preReleases)) && matches(version);
  }

  /** Returns those of the versions that are in the set, pre-releases by the rule. */
  public List<PackageVersion> filter(Collection<PackageVersion> versions) {
    return filter(versions, PreReleases.BY_RULE);
  }

  /**
   * Returns those of the versions that are in the set, in the order given.
   *
   * @param preReleases whether pre-releases may be among them; by the rule, where a clause names
   *     one, or where nothing but pre-releases matches
   */
  public List<PackageVersion> filter(Collection<PackageVersion> versions, PreReleases preReleases) {
    List<PackageVersion> chosen =
        versions.stream().filter(version -> contains(version, preReleases)).toList();
    return chosen.isEmpty() && preReleases == PreReleases.BY_RULE
        ? versions.stream().filter(this::matches).toList()
        : chosen;
  }

  private boolean letsIn(PreReleases preReleases) {
    return switch (preReleases) {
      case BY_RULE -> clauses.stream().anyMatch(VersionClause::namesPreRelease);
      case INCLUDE -> true;
      case EXCLUDE -> false;
    };
  }

  private boolean matches(PackageVersion version) {
    return clauses.stream().allMatch(clause -> clause.matches(version));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VersionSpecifier specifier && clauses.equals(specifier.clauses);
  }

  @Override
  public int hashCode() {
    return clauses.hashCode();
  }

  /** Returns the clauses with their versions in normal form; empty if there are none. */
  @Override
  public String toString() {
    return clauses.stream().map(VersionClause::toString).collect(Collectors.joining(","));
  }
}
