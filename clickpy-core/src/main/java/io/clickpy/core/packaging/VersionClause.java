package io.clickpy.core.packaging;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One condition of a {@link VersionSpecifier}, without regard to pre-releases in general. Its text
 * is as PEP 440 writes it, the version in normal form.
 */
public sealed interface VersionClause {

  /** Returns whether the version meets the condition. */
  boolean matches(PackageVersion candidate);

  /** Returns whether whoever wrote this must have had pre-releases in mind. */
  boolean namesPreRelease();

  /** How a candidate stands to a version. */
  enum Relation {
    /** The same version; a local label counts only where the clause has one. */
    EQUAL("=="),
    /** Another version. */
    NOT_EQUAL("!="),
    /** The same version or one before it, whatever their local labels. */
    AT_MOST("<="),
    /** The same version or one after it, whatever their local labels. */
    AT_LEAST(">="),
    /** One before it, and no pre-release of it, unless it is a pre-release itself. */
    BELOW("<"),
    /** One after it, and no post-release of it, unless it is a post-release itself. */
    ABOVE(">");

    private final String symbol;

    Relation(String symbol) {
      this.symbol = symbol;
    }

    /** Returns how PEP 440 writes it. */
    public String symbol() {
      return symbol;
    }

    boolean holds(PackageVersion candidate, PackageVersion version) {
      int compared = candidate.comparePublicly(version);
      return switch (this) {
        case EQUAL -> isEqual(candidate, version);
        case NOT_EQUAL -> !isEqual(candidate, version);
        case AT_MOST -> compared <= 0;
        case AT_LEAST -> compared >= 0;
        case BELOW ->
            compared < 0 && (version.isPreRelease() || !candidate.isPreReleaseOf(version));
        case ABOVE -> compared > 0 && !candidate.isPostReleaseOf(version);
      };
    }

    /** A candidate's local label counts only where the clause has one. */
    private static boolean isEqual(PackageVersion candidate, PackageVersion version) {
      return version.isLocal()
          ? candidate.equals(version)
          : candidate.comparePublicly(version) == 0;
    }
  }

  /**
   * As {@code >=2.1}.
   *
   * @param relation how a version must stand to it
   * @param version what versions are compared with
   */
  record Comparison(Relation relation, PackageVersion version) implements VersionClause {
    @Override
    public boolean matches(PackageVersion candidate) {
      return relation.holds(candidate, version);
    }

    @Override
    public boolean namesPreRelease() {
      return relation != Relation.NOT_EQUAL && version.isPreRelease();
    }

    @Override
    public String toString() {
      return relation.symbol + version;
    }
  }

  /**
   * As {@code ==2.*} or {@code !=2.*}. Unlike versions, 2 and 2.0 differ here.
   *
   * @param relation equal or not equal
   * @param epoch the epoch of the versions
   * @param release what the numbers of their releases begin with
   */
  record Series(Relation relation, BigInteger epoch, List<BigInteger> release)
      implements VersionClause {
    @Override
    public boolean matches(PackageVersion candidate) {
      return candidate.isInSeries(epoch, release) == (relation == Relation.EQUAL);
    }

    @Override
    public boolean namesPreRelease() {
      return false;
    }

    @Override
    public String toString() {
      String numbers = release.stream().map(number -> number + ".").collect(Collectors.joining());
      return relation.symbol + (epoch.signum() == 0 ? "" : epoch + "!") + numbers + "*";
    }
  }

  /**
   * As {@code ~=2.1}, which is {@code >=2.1,==2.*}.
   *
   * @param version the oldest version
   * @param series the series that it must be of
   */
  record Compatible(PackageVersion version, Series series) implements VersionClause {
    @Override
    public boolean matches(PackageVersion candidate) {
      return candidate.comparePublicly(version) >= 0 && series.matches(candidate);
    }

    @Override
    public boolean namesPreRelease() {
      return version.isPreRelease();
    }

    @Override
    public String toString() {
      return "~=" + version;
    }
  }

  /**
   * As {@code ===2004d}.
   *
   * @param text any, in lower case
   */
  record SameText(String text) implements VersionClause {
    @Override
    public boolean matches(PackageVersion candidate) {
      return text.equals(Ascii.lowerCase(candidate.text())) || text.equals(candidate.toString());
    }

    @Override
    public boolean namesPreRelease() {
      return PackageVersion.tryParse(text).map(PackageVersion::isPreRelease).orElse(false);
    }

    @Override
    public String toString() {
      return "===" + text;
    }
  }
}
