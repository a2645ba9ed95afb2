package io.clickpy.core.schema;

import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders what creates a table, a view or a dictionary. Every statement may be repeated: what
 * exists already stays as it is. Names mean the connection's database.
 */
public final class Ddl {
  private Ddl() {}

  /** Returns what creates a table. */
  public static String createTable(Table table) {
    return "CREATE TABLE IF NOT EXISTS %s (%s) ENGINE = %s ORDER BY (%s)"
        .formatted(
            table.name(),
            columns(table.columns()) + indexes(table.skipIndexes()),
            table.engine(),
            String.join(", ", table.sortKey()));
  }

  /**
   * Returns what creates the view that fills a rollup.
   *
   * @param source the table whose inserts it watches
   */
  public static String createView(Rollup rollup, DownloadsTable source) {
    return "CREATE MATERIALIZED VIEW IF NOT EXISTS %s TO %s (%s) AS %s"
        .formatted(
            rollup.viewName(), rollup.name(), columns(rollup.columns()), rollup.selectFrom(source));
  }

  /**
   * Returns what creates a dictionary that reads its table as the server's default user.
   *
   * @param database where its table is
   */
  public static String createDictionary(Dictionary dictionary, DatabaseName database) {
    return createDictionary(dictionary, database, Credentials.ofDefaults());
  }

  /**
   * Returns what creates a dictionary that reads its table as somebody. The text holds the
   * password: it is to be run, not shown.
   *
   * @param database where its table is
   * @param reader who reads the table
   */
  public static String createDictionary(
      Dictionary dictionary, DatabaseName database, Credentials reader) {
    String login =
        reader.equals(Credentials.ofDefaults())
            ? ""
            : " USER %s PASSWORD %s".formatted(quoted(reader.user()), quoted(reader.password()));
    return "CREATE DICTIONARY IF NOT EXISTS %s (%s) PRIMARY KEY %s SOURCE(CLICKHOUSE(QUERY %s%s))"
            .formatted(
                dictionary.name(),
                columns(dictionary.columns()),
                dictionary.key(),
                quoted(dictionary.queryIn(database)),
                login)
        + " LIFETIME(MIN 0 MAX 300) LAYOUT(COMPLEX_KEY_HASHED())";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String indexes(List<SkipIndex> indexes) {
    return indexes.stream()
        .map(
            index ->
                ", INDEX %s %s TYPE %s GRANULARITY 1"
                    .formatted(index.name(), index.expression(), index.type()))
        .collect(Collectors.joining());
  }

  private static String columns(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }
}
