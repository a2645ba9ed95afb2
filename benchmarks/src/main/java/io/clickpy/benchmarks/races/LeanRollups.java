package io.clickpy.benchmarks.races;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A trial of tables that the schema does not have: each rollup by version and something else once
 * more without the version, sorted by project and date, and one table of a single row that knows
 * which days are loaded. {@code docs/adr} tells what came of it.
 */
final class LeanRollups {
  private static final String DAYS = "lean_days";
  private static final String PROJECTS = "pypi_downloads_max_min";

  /** What a rollup is called without the version, by its name. */
  private final Map<String, String> names = new LinkedHashMap<>();

  private LeanRollups() {}

  /** Creates and fills the tables beside those of the connection's database. */
  static LeanRollups create(ClickPy clickpy) {
    LeanRollups lean = new LeanRollups();
    for (Rollup rollup : PypiSchema.ofDefaults().rollups()) {
      List<Dimension> dimensions = new ArrayList<>(rollup.dimensions());
      if (dimensions.remove(Dimension.VERSION) && dimensions.size() > 2) {
        lean.create(rollup, dimensions, clickpy);
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
    return lean;
  }

  private void create(Rollup rollup, List<Dimension> dimensions, ClickPy clickpy) {
    String name = rollup.name().replace("pypi_downloads_per_day_by_version", "lean_per_day");
    List<Column> columns =
        rollup.columns().stream()
            .filter(column -> !column.name().equals(Dimension.VERSION.column()))
            .toList();
    String key = dimensions.stream().map(Dimension::column).collect(Collectors.joining(", "));
    run(
        clickpy,
        "CREATE TABLE %s (%s) ENGINE = SummingMergeTree ORDER BY (%s)"
            .formatted(
                name,
                columns.stream()
                    .map(column -> column.name() + " " + column.type())
                    .collect(Collectors.joining(", ")),
                key));
    run(
        clickpy,
        "INSERT INTO %s (%s, count) SELECT %2$s, sum(count) FROM %3$s GROUP BY %2$s"
            .formatted(name, key, rollup.name()));
    run(clickpy, "OPTIMIZE TABLE " + name + " FINAL");
    names.put(rollup.name(), name);
  }

  /** Returns a question as it would be asked of these tables. */
  Query<?> of(Query<?> question) {
    String sql = question.sql().replaceAll("FROM " + PROJECTS + "\\b", "FROM " + DAYS);
    String lean = names.get(question.table().orElse(""));
    if (lean != null && !sql.contains(Dimension.VERSION.column() + " ")) {
      sql = sql.replaceAll("FROM " + question.table().orElseThrow() + "\\b", "FROM " + lean);
    }
    Query<?> asked = Query.of(sql, row -> row.columns().size());
    for (Map.Entry<String, Object> parameter : question.parameters().entrySet()) {
      asked = asked.bind(parameter.getKey(), parameter.getValue());
    }
    return asked;
  }

  /** Returns the names of the tables. */
  List<String> tables() {
    List<String> all = new ArrayList<>(names.values());
    all.add(DAYS);
    return all;
  }

  private static void run(ClickPy clickpy, String sql) {
    Command.of(sql).execute(clickpy);
  }
}
