package io.clickpy.core.internal;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The text of a parameter's value, as ClickHouse's HTTP interface reads it: escaped as in {@code
 * TabSeparated}, and within an array also quoted.
 */
final class ParameterText {
  private ParameterText() {}

  static String of(Object value) {
    Object plain = Parameters.text(value);
    return plain instanceof Collection<?> values ? array(values) : escaped(plain.toString());
  }

  /** Returns a text as a literal of SQL. */
  static String quoted(String text) {
    return "'" + escaped(text).replace("'", "\\'") + "'";
  }

  private static String array(Collection<?> values) {
    return values.stream().map(ParameterText::element).collect(Collectors.joining(",", "[", "]"));
  }

  private static String element(Object value) {
    if (value instanceof Collection<?> values) {
      return array(values);
    }
    return value instanceof Number ? value.toString() : quoted(value.toString());
  }

  /** No line break is left, which the page's one-line fields would drop. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }
}
