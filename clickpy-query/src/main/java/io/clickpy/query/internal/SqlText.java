package io.clickpy.query.internal;

import java.util.List;

/** Lays SQL out so that people can read it. */
public final class SqlText {
  private static final int WIDTH = 80;

  private SqlText() {}

  /** Returns {@code SELECT}, on one line if there is room, else one column to a line. */
  public static String select(List<String> columns) {
    String line = "SELECT " + String.join(", ", columns);
    return line.length() <= WIDTH ? line : "SELECT\n  " + String.join(",\n  ", columns);
  }

  /** Returns a subquery for {@code WITH}. */
  public static String subquery(String name, String... clauses) {
    return name + " AS (\n" + indented(String.join("\n", clauses)) + ")";
  }

  /** Returns a query with subqueries before it. */
  public static String with(List<String> subqueries, String... clauses) {
    return "WITH\n" + indented(String.join(",\n", subqueries)) + "\n" + String.join("\n", clauses);
  }

  /** Returns the lines two characters further to the right. */
  public static String indented(String text) {
    return text.indent(2).stripTrailing();
  }
}
