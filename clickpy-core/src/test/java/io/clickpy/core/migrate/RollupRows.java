package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.List;
import java.util.stream.Collectors;

/** What a rollup says, and what the raw table says to the same question. */
final class RollupRows {
  private RollupRows() {}

  static List<List<String>> of(ClickPy clickpy, Rollup rollup) {
    return rows(clickpy, rollup, rollup.selectFrom(rollup));
  }

  static List<List<String>> expected(ClickPy clickpy, Rollup rollup) {
    return rows(clickpy, rollup, rollup.selectFrom(PypiSchema.ofDefaults().downloads()));
  }

  private static List<List<String>> rows(ClickPy clickpy, Rollup rollup, String select) {
    List<String> columns = rollup.columns().stream().map(column -> column.name()).toList();
    String texts =
        columns.stream()
            .map(c -> "toString(" + c + ") AS t_" + c)
            .collect(Collectors.joining(", "));
    return Query.of(
            "SELECT %s FROM (%s) ORDER BY ALL".formatted(texts, select),
            row -> columns.stream().map(c -> row.string("t_" + c)).toList())
        .fetch(clickpy);
  }
}
