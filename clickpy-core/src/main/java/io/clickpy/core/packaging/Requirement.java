package io.clickpy.core.packaging;

import io.clickpy.core.ProjectName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A project that another one depends on, as PEP 508 writes it and PyPI's metadata has it in {@code
 * requires_dist}.
 *
 * <pre>{@code
 * Requirement requirement =
 *     Requirement.parse("PySocks (!=1.5.7,>=1.5.6) ; extra == 'socks'");
 * String name = requirement.name().value(); // pysocks
 * boolean optional = requirement.isOptional(); // true
 * Set<String> askedForBy = requirement.enablingExtras(); // socks
 * }</pre>
 *
 * @see <a href="https://peps.python.org/pep-0508/">PEP 508</a>
 */
public final class Requirement {
  private final ProjectName name;
  private final Set<String> extras;
  private final VersionSpecifier specifier;
  private final @Nullable String url;
  private final @Nullable Marker marker;

  /**
   * @param extras in normal form
   * @param specifier without a clause if there is a URL
   */
  Requirement(
      ProjectName name,
      Collection<String> extras,
      VersionSpecifier specifier,
      @Nullable String url,
      @Nullable Marker marker) {
    this.name = name;
    this.extras = Collections.unmodifiableSet(new TreeSet<>(extras));
    this.specifier = specifier;
    this.url = url;
    this.marker = marker;
  }

  /**
   * Reads a requirement. Specifiers in parentheses, as older metadata has them, will do.
   *
   * @param text as {@code requests[socks]>=2,<3; python_version < "3.9"} or {@code pip @
   *     https://example.org/pip.zip}
   * @throws IllegalArgumentException if it is none
   */
  public static Requirement parse(String text) {
    return RequirementParser.parse(text);
  }

  /**
   * Reads a requirement if the text is one. PyPI has old metadata that is none, as {@code pytz
   * (>dev)}.
   *
   * @param text any text
   */
  public static Optional<Requirement> tryParse(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the project that is needed. */
  public ProjectName name() {
    return name;
  }

  /** Returns the extras of that project that are needed with it, in normal form; often none. */
  public Set<String> extras() {
    return extras;
  }

  /** Returns which versions of it will do; every version if none are named. */
  public VersionSpecifier specifier() {
    return specifier;
  }

  /** Returns where to get it, if that stands instead of a specifier; any text without spaces. */
  public Optional<String> url() {
    return Optional.ofNullable(url);
  }

  /** Returns when it is needed; empty for always. */
  public Optional<Marker> marker() {
    return Optional.ofNullable(marker);
  }

  /**
   * Returns whether the requirement can only be needed by who asks for an extra of the requiring
   * project. One that is needed on some systems alone is not optional.
   */
  public boolean isOptional() {
    return marker != null && !marker.isPossibleWith("");
  }

  /**
   * Returns the extras of the requiring project, in normal form, each of which makes the
   * requirement needed, at least on some systems. Empty unless {@linkplain #isOptional() optional}.
   */
  public Set<String> enablingExtras() {
    if (marker == null || !isOptional()) {
      return Set.of();
    }
    Set<String> enabling = new TreeSet<>(marker.extras());
    enabling.removeIf(extra -> !marker.isPossibleWith(extra));
    return Collections.unmodifiableSet(enabling);
  }

  /**
   * Returns whether the requirement is needed in an environment.
   *
   * @param environment as {@link Marker#evaluate} wants it
   * @throws IllegalArgumentException as {@link Marker#evaluate} does
   */
  public boolean isNeededIn(Map<String, String> environment) {
    return marker == null || marker.evaluate(environment);
  }

  /** Returns whether both say the same, however they are written. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Requirement requirement
        && name.equals(requirement.name)
        && extras.equals(requirement.extras)
        && specifier.equals(requirement.specifier)
        && Objects.equals(url, requirement.url)
        && Objects.equals(marker, requirement.marker);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, extras, specifier, url, marker);
  }

  /** Returns the requirement in one form for all spellings, which {@link #parse} reads back. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name.value());
    if (!extras.isEmpty()) {
      text.append('[').append(String.join(",", extras)).append(']');
    }
    text.append(specifier);
    if (url != null) {
      // Without the space, a semicolon would be part of the URL.
      text.append(" @ ").append(url).append(marker == null ? "" : " ");
    }
    if (marker != null) {
      text.append("; ").append(marker);
    }
    return text.toString();
  }
}
