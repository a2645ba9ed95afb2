package io.clickpy.core.packaging;

import io.clickpy.core.ProjectName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
 * @param name the project that is needed
 * @param extras the extras of that project that are needed with it, in normal form; often none
 * @param specifier the versions that will do
 * @param url where to get it, instead of a specifier; not checked
 * @param marker when it is needed; empty for always
 * @see <a href="https://peps.python.org/pep-0508/">PEP 508</a>
 */
public record Requirement(
    ProjectName name,
    Set<String> extras,
    VersionSpecifier specifier,
    Optional<String> url,
    Optional<Marker> marker) {

  /** Brings the extras into order. */
  public Requirement {
    extras = Collections.unmodifiableSet(new TreeSet<>(extras));
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

  /**
   * Returns whether the requirement can only be needed by who asks for an extra of the requiring
   * project. One that is needed on some systems alone is not optional.
   */
  public boolean isOptional() {
    return marker.map(condition -> !condition.isPossibleWith("")).orElse(false);
  }

  /**
   * Returns the extras of the requiring project, in normal form, each of which makes the
   * requirement needed, at least on some systems. Empty unless {@linkplain #isOptional() optional}.
   */
  public Set<String> enablingExtras() {
    if (!isOptional()) {
      return Set.of();
    }
    Set<String> enabling = new TreeSet<>();
    marker.ifPresent(
        condition ->
            condition.extras().stream().filter(condition::isPossibleWith).forEach(enabling::add));
    return Collections.unmodifiableSet(enabling);
  }

  /**
   * Returns whether the requirement is needed in an environment.
   *
   * @param environment as {@link Marker#evaluate} wants it
   * @throws IllegalArgumentException as {@link Marker#evaluate} does
   */
  public boolean isNeededIn(Map<String, String> environment) {
    return marker.map(condition -> condition.evaluate(environment)).orElse(true);
  }

  /** Returns the requirement in one form for all spellings, which {@link #parse} reads back. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name.value());
    if (!extras.isEmpty()) {
      text.append('[').append(String.join(",", extras)).append(']');
    }
    text.append(specifier);
    url.ifPresent(value -> text.append(" @ ").append(value));
    // A semicolon right after a URL would be part of it.
    marker.ifPresent(value -> text.append(url.isPresent() ? " ; " : "; ").append(value));
    return text.toString();
  }
}
