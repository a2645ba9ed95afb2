package io.clickpy.benchmarks.races;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.SkipIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A trial of tables that the schema does not have, all with granules of 1,024 rows instead of
 * 8,192: each rollup once more; each rollup by version and something else without the version,
 * sorted by project and date; and one of a single row that knows which days are loaded. ADR 25
 * tells what came of it.
 */
final class LeanRollups {
  private static final String DAYS = "lean_days";
  private static final String PROJECTS = "pypi_downloads_max_min";
  private static final int GRANULE = 1_024;

  /** Rollups as they are but for their granules, by the name of the model. */
  private final Map<String, String> fine = new LinkedHashMap<>();

  /** Rollups without the version, by the name of the model. */
  private final Map<String, String> lean = new LinkedHashMap<>();

  private LeanRollups() {}

  /** Creates and fills the tables beside those of the connection's database. */
  static LeanRollups create(ClickPy clickpy) {
    LeanRollups trial = new LeanRollups();
    for (Rollup rollup : PypiSchema.ofDefaults().rollups()) {
      List<Dimension> dimensions = new ArrayList<>(rollup.dimensions());
      boolean byVersion = dimensions.contains(Dimension.VERSION);
      if (!rollup.name().equals(PROJECTS)) {
        String name = rollup.name().replace("pypi_downloads", "fine");
        create(clickpy, rollup, name, dimensions, byVersion ? rollup.skipIndexes() : List.of());
        trial.fine.put(rollup.name(), name);
      }
      if (dimensions.remove(Dimension.VERSION) && dimensions.size() > 2) {
        String name = rollup.name().replace("pypi_downloads_per_day_by_version", "lean_per_day");
        create(clickpy, rollup, name, dimensions, List.of());
        trial.lean.put(rollup.name(), name);
      }
    }
    run(
        clickpy,
        "CREATE TABLE %s (max_date SimpleAggregateFunction(max, Date),".formatted(DAYS)
            + " min_date SimpleAggregateFunction(min, Date))"
            + " ENGINE = AggregatingMergeTree ORDER BY tuple()");
    run(
        clickpy,
        "INSERT INTO %s SELECT max(max_date), min(min_date) FROM %s".formatted(DAYS, PROJECTS));
    return trial;
  }

  private static void create(
      ClickPy clickpy,
      Rollup model,
      String name,
      List<Dimension> dimensions,
      List<SkipIndex> indexes) {
    String key = dimensions.stream().map(Dimension::column).collect(Collectors.joining(", "));
    String columns =
        dimensions.stream()
            .map(Dimension::declaration)
            .map((Column column) -> column.name() + " " + column.type())
            .collect(Collectors.joining(", "));
    String index =
        indexes.stream()
            .map(
                each ->
                    ", INDEX %s %s TYPE %s".formatted(each.name(), each.expression(), each.type()))
            .collect(Collectors.joining());
    run(
        clickpy,
        "CREATE TABLE %s (%s, count Int64%s) ENGINE = SummingMergeTree ORDER BY (%s) SETTINGS index_granularity = %d"
            .formatted(name, columns, index, key, GRANULE));
    run(
        clickpy,
        "INSERT INTO %s (%s, count) SELECT %2$s, sum(count) FROM %3$s GROUP BY %2$s"
            .formatted(name, key, model.name()));
    run(clickpy, "OPTIMIZE TABLE " + name + " FINAL");
  }

  /** Returns a question as it would be asked of these tables. */
  Query<?> of(Query<?> question) {
    String table = question.table().orElse("");
    String sql = question.sql().replaceAll("FROM " + PROJECTS + "\\b", "FROM " + DAYS);
    boolean byVersion = sql.contains(Dimension.VERSION.column() + " ");
    String other = byVersion ? fine.get(table) : lean.getOrDefault(table, fine.get(table));
    if (other != null) {
      sql = sql.replaceAll("FROM " + table + "\\b", "FROM " + other);
    }
    Query<?> asked = Query.of(sql, row -> row.columns().size());
    for (Map.Entry<String, Object> parameter : question.parameters().entrySet()) {
      asked = asked.bind(parameter.getKey(), parameter.getValue());
    }
    return asked;
  }

  /** Returns the names of the tables. */
  List<String> tables() {
    List<String> all = new ArrayList<>(lean.values());
    all.addAll(fine.values());
    all.add(DAYS);
    return all;
  }

  private static void run(ClickPy clickpy, String sql) {
    Command.of(sql).execute(clickpy);
  }
}
