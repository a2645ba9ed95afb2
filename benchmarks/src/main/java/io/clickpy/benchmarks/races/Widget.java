package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.peers.ClickPySchema;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.ProjectQuery;
import io.clickpy.query.PypiStats;
import io.clickpy.query.StatsQuery;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A widget of a project's page: the question as this library asks it, and as ClickPy does, whose
 * table is the one with the fewest columns that has those needed, and the raw one if none has.
 *
 * @param name what it shows
 * @param ours the question
 * @param columns what ClickPy's choice of table needs, besides the filters
 * @param theirs ClickPy's SQL, with {@code %1$s} for the table, {@code %2$s} for what counts its
 *     downloads, and {@code %3$s} for the conditions
 */
record Widget(
    String name, Function<String, ProjectQuery<?, ?>> ours, Set<String> columns, String theirs) {

  private static final String BUCKET =
      "if({last:Date} - {first:Date} > 184, toStartOfWeek(date), date)";

  static final List<Widget> ALL =
      List.of(
          new Widget(
              "downloads over time",
              PypiStats::downloadsOverTime,
              Set.of("date"),
              "SELECT " + BUCKET + " AS x, %2$s AS y FROM %1$s WHERE %3$s GROUP BY x ORDER BY x"),
          new Widget(
              "top versions",
              project -> PypiStats.downloadsByVersion(project).top(6),
              Set.of("date", "version"),
              "SELECT version AS name, %2$s AS value FROM %1$s WHERE %3$s GROUP BY version"
                  + " ORDER BY value DESC LIMIT 6"),
          new Widget(
              "Python over time",
              project -> PypiStats.downloadsByPython(project).top(10).overTime(),
              Set.of("date", "python_minor"),
              overTime("python_minor", 10)),
          new Widget(
              "systems over time",
              project -> PypiStats.downloadsBySystem(project).top(4).overTime(),
              Set.of("date", "system"),
              overTime("system", 4)),
          new Widget(
              "countries",
              project -> PypiStats.downloadsByCountry(project).top(250),
              Set.of("date", "country_code"),
              "SELECT country_code, %2$s AS value FROM %1$s WHERE %3$s GROUP BY country_code"
                  + " ORDER BY value DESC"),
          new Widget(
              "file types by installer",
              project -> PypiStats.fileTypesByInstaller(project).top(6),
              Set.of("date", "installer", "type"),
              "SELECT installer AS name, type AS y, %2$s AS value FROM %1$s WHERE %3$s"
                  + " AND installer IN (SELECT installer FROM %1$s WHERE %3$s AND installer != ''"
                  + " GROUP BY installer ORDER BY count() DESC LIMIT 6)"
                  + " GROUP BY installer, type ORDER BY installer, value DESC"));

  private static String overTime(String dimension, int top) {
    return ("SELECT if(%1$s IN (SELECT %1$s FROM %%1$s WHERE %%3$s AND %1$s != '' GROUP BY %1$s"
            + " ORDER BY count() DESC LIMIT %2$d), %1$s, 'other') AS name, "
            + BUCKET
            + " AS x, %%2$s AS y FROM %%1$s WHERE %%3$s AND %1$s != '' GROUP BY name, x"
            + " ORDER BY x, y DESC")
        .formatted(dimension, top);
  }

  /** Which downloads a page is about. */
  enum Filter {
    NONE("", ""),
    DAYS("", ""),
    VERSION("version", "1.30.0"),
    COUNTRY("country_code", "DE");

    private final String column;
    private final String value;

    Filter(String column, String value) {
      this.column = column;
      this.value = value;
    }
  }

  /** Returns the question with a filter, as this library asks it. */
  StatsQuery<?> ours(String project, Filter filter, LocalDate last) {
    ProjectQuery<?, ?> question = ours.apply(project);
    return switch (filter) {
      case NONE -> question;
      case DAYS -> question.between(last.minusDays(29), last);
      case VERSION -> question.version(filter.value);
      case COUNTRY -> question.country(filter.value);
    };
  }

  /** Returns ClickPy's table for the question with a filter. */
  String theirTable(Filter filter) {
    Set<String> needed = new TreeSet<>(columns);
    if (!filter.column.isEmpty()) {
      needed.add(filter.column);
    }
    return PypiSchema.ofDefaults().rollups().stream()
        .filter(rollup -> ClickPySchema.tables().contains(rollup.name()))
        .filter(rollup -> !rollup.name().endsWith("per_month"))
        .filter(rollup -> rollup.sortKey().containsAll(needed))
        .min(Comparator.comparingInt(rollup -> rollup.sortKey().size()))
        .map(rollup -> rollup.name())
        .orElse("pypi");
  }

  /** Returns the question with a filter as ClickPy asks it, of one of its tables. */
  Query<Integer> theirs(String table, String project, Filter filter, LocalDate last) {
    boolean raw = table.equals("pypi");
    List<String> conditions = new ArrayList<>();
    conditions.add("project = {project:String}");
    conditions.add("date >= {first:Date} AND date < {last:Date}");
    if (!filter.column.isEmpty()) {
      conditions.add(filter.column + " = {value:String}");
    }
    LocalDate first = filter == Filter.DAYS ? last.minusDays(29) : LocalDate.of(2011, 1, 1);
    return Query.of(
            theirs.formatted(
                table, raw ? "count()" : "sum(count)", String.join(" AND ", conditions)),
            row -> row.columns().size())
        .bind("project", project)
        .bind("first", first)
        .bind("last", last)
        .bind("value", filter.value);
  }
}
