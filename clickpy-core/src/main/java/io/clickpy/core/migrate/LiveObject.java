package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Rollup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table, view or dictionary as the server describes it.
 *
 * @param name its name
 * @param engine the engine
 * @param sortKey the columns, divided by comma and space
 * @param createQuery what would create it
 * @param columns types by name, in order
 * @param indexes the skip indexes, each as {@code name expression}
 */
record LiveObject(
    String name,
    String engine,
    String sortKey,
    String createQuery,
    Map<String, String> columns,
    Set<String> indexes) {
  /** Returns the columns by which the rows are sorted. */
  Set<String> sortColumns() {
    return Set.of(sortKey.split(", "));
  }

  /** Returns whether the table merges no rows that differ in a dimension of the rollup. */
  boolean keepsApart(Rollup rollup) {
    return sortColumns().containsAll(rollup.sortKey());
  }

  /** Reads all objects of the connection's database, by name. */
  static Map<String, LiveObject> read(ClickPy clickpy) {
    Map<String, Map<String, String>> columns = readColumns(clickpy);
    Map<String, Set<String>> indexes = readIndexes(clickpy);
    return Query.of(
            "SELECT name, engine, sorting_key, create_table_query FROM system.tables"
                + " WHERE database = currentDatabase() ORDER BY name",
            row ->
                new LiveObject(
                    row.string("name"),
                    row.string("engine"),
                    row.string("sorting_key").replaceAll("[()]", ""),
                    row.string("create_table_query"),
                    columns.getOrDefault(row.string("name"), Map.of()),
                    indexes.getOrDefault(row.string("name"), Set.of())))
        .fetch(clickpy)
        .stream()
        .collect(
            Collectors.toMap(LiveObject::name, object -> object, (a, b) -> a, LinkedHashMap::new));
  }

  private static Map<String, Map<String, String>> readColumns(ClickPy clickpy) {
    record ColumnOf(String table, String name, String type) {}
    List<ColumnOf> columns =
        Query.of(
                "SELECT table, name, type FROM system.columns"
                    + " WHERE database = currentDatabase() ORDER BY table, position",
                row -> new ColumnOf(row.string("table"), row.string("name"), row.string("type")))
            .fetch(clickpy);
    return columns.stream()
        .collect(
            Collectors.groupingBy(
                ColumnOf::table,
                Collectors.toMap(ColumnOf::name, ColumnOf::type, (a, b) -> a, LinkedHashMap::new)));
  }

  private static Map<String, Set<String>> readIndexes(ClickPy clickpy) {
    record IndexOf(String table, String index) {}
    return Query.of(
            "SELECT table, concat(name, ' ', expr) AS index FROM system.data_skipping_indices"
                + " WHERE database = currentDatabase()",
            row -> new IndexOf(row.string("table"), row.string("index")))
        .fetch(clickpy)
        .stream()
        .collect(
            Collectors.groupingBy(
                IndexOf::table, Collectors.mapping(IndexOf::index, Collectors.toSet())));
  }
}
