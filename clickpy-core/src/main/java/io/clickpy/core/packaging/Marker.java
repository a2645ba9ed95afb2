package io.clickpy.core.packaging;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a {@link Requirement} is needed: a condition over the environment, as PEP 508 defines it.
 *
 * <pre>{@code
 * Marker marker = Marker.parse("python_version < '3.9' and os_name == 'nt'");
 * boolean needed = marker.evaluate(Map.of("python_version", "3.8", "os_name", "posix")); // false
 * }</pre>
 *
 * @see <a href="https://peps.python.org/pep-0508/#environment-markers">PEP 508, environment
 *     markers</a>
 */
public final class Marker {
  private final MarkerExpression expression;

  Marker(MarkerExpression expression) {
    this.expression = expression;
  }

  /**
   * Reads a marker.
   *
   * @param text comparisons of a variable with a quoted text, joined by {@code and}, {@code or} and
   *     parentheses, which may be nested 100 deep
   * @throws IllegalArgumentException if it is none, or compares by {@code ~=} a variable that is no
   *     version
   */
  public static Marker parse(String text) {
    TextCursor cursor =
        new TextCursor(
            text,
            "marker",
            "Write it as PEP 508 says, for example"
                + " python_version < \"3.9\" and extra == \"socks\".");
    Marker marker = MarkerParser.read(cursor);
    cursor.expectEnd();
    return marker;
  }

  /**
   * Returns whether the condition holds. {@code python_version}, {@code python_full_version},
   * {@code implementation_version} and {@code platform_release} compare as versions where both
   * sides are such. Extras compare in normal form (PEP 685). All else is text, of which {@code <=}
   * and {@code >=} mean equal, and {@code <} and {@code >} never hold, as in today's installers.
   *
   * @param environment the value of each variable by its name, as {@code sys_platform}; without
   *     {@code extra}, none is asked for
   * @throws IllegalArgumentException if the marker compares a variable that the environment lacks,
   *     or compares by {@code ~=} with a text that is no version
   */
  public boolean evaluate(Map<String, String> environment) {
    return expression.holds(comparison -> comparison.evaluate(environment));
  }

  /** Returns the extras that the condition names, in normal form. */
  public Set<String> extras() {
    Set<String> extras = new TreeSet<>();
    expression
        .comparisons()
        .filter(MarkerComparison::isOfExtra)
        .forEach(comparison -> extras.add(comparison.normalLiteral()));
    return Collections.unmodifiableSet(extras);
  }

  /**
   * Returns whether some environment in which the given extra is asked for fulfils the condition,
   * each comparison taken by itself.
   *
   * @param extra empty for none
   */
  boolean isPossibleWith(String extra) {
    // There is no negation: what may be true can only help the whole to be true.
    return expression.holds(
        comparison -> !comparison.isOfExtra() || comparison.evaluate(Map.of("extra", extra)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Marker marker && expression.equals(marker.expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  /** Returns the condition in one form for all spellings, which {@link #parse} reads back. */
  @Override
  public String toString() {
    return expression.toString();
  }
}
