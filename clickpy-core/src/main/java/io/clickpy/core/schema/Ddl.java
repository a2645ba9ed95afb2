package io.clickpy.core.schema;

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
    int window = table.deduplicationWindow();
    return "CREATE TABLE IF NOT EXISTS %s (%s) ENGINE = %s ORDER BY (%s)%s"
        .formatted(
            table.name(),
            columns(table.columns()),
            table.engine(),
            String.join(", ", table.sortKey()),
            window == 0 ? "" : " SETTINGS non_replicated_deduplication_window = " + window);
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

  /** Returns what creates a dictionary. */
  public static String createDictionary(Dictionary dictionary) {
    return "CREATE DICTIONARY IF NOT EXISTS %s (%s) PRIMARY KEY %s SOURCE(CLICKHOUSE(QUERY '%s'))"
            .formatted(
                dictionary.name(),
                columns(dictionary.columns()),
                dictionary.key(),
                dictionary.source().replace("\\", "\\\\").replace("'", "\\'"))
        + " LIFETIME(MIN 0 MAX 300) LAYOUT(COMPLEX_KEY_HASHED())";
  }

  private static String columns(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }
}
