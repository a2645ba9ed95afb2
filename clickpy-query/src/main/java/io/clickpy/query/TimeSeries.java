package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.core.RowMapper;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Table;
import io.clickpy.query.internal.AskedDays;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The downloads of a project over time, as SQL.
 *
 * @param scope which downloads
 * @param granularity how long the buckets are
 * @param gaps what becomes of empty buckets
 */
record TimeSeries(Scope scope, Granularity granularity, Gaps gaps) {

  /** The series of a question that has not chosen yet. */
  static TimeSeries of(Scope scope) {
    return new TimeSeries(scope, Granularity.AUTO, Gaps.LEFT_OUT);
  }

  TimeSeries withScope(Scope changed) {
    return new TimeSeries(changed, granularity, gaps);
  }

  TimeSeries withGranularity(Granularity changed) {
    return new TimeSeries(scope, changed, gaps);
  }

  TimeSeries withGapsFilled() {
    return new TimeSeries(scope, granularity, Gaps.FILLED);
  }

  Dimension dimension() {
    return resolved().dimension();
  }

  private Granularity resolved() {
    return granularity.resolve(scope.days());
  }

  /** Returns one row for each bucket: {@code start, downloads, oldest, newest}. */
  <R> Query<R> total(Table table, RowMapper<R> mapper) {
    Rendering rendering = new Rendering(scope.schema());
    Source source = Source.of(table, scope.conditions(), rendering);
    List<String> subqueries = new ArrayList<>();
    subqueries.add(AskedDays.subquery(scope, rendering));
    subqueries.add(
        SqlText.subquery(
            "counted",
            SqlText.select(List.of(start(source), source.measure(Measure.COUNT))),
            source.text(),
            "GROUP BY start",
            Source.HAVING_SOME));
    String from =
        switch (gaps) {
          case LEFT_OUT -> "FROM counted\nCROSS JOIN days";
          case FILLED -> "FROM buckets\nLEFT JOIN counted USING (start)";
        };
    String sql =
        SqlText.with(
            withBuckets(subqueries),
            "SELECT start, downloads, oldest, newest",
            from,
            "ORDER BY start");
    return query(sql, table, rendering, mapper);
  }

  /**
   * Returns one row for each bucket and category: {@code start, other, category, label, downloads,
   * oldest, newest}.
   */
  <R> Query<R> by(Breakdown breakdown, int top, Table table, RowMapper<R> mapper) {
    return by(breakdown, List.of(), top, table, mapper);
  }

  /**
   * Returns one row for each bucket, category and value of the further columns, which stand behind
   * {@code label}.
   */
  <R> Query<R> by(
      Breakdown breakdown, List<String> columns, int top, Table table, RowMapper<R> mapper) {
    Rendering rendering = new Rendering(scope.schema());
    Source source = Source.of(table, scope.conditions(), rendering);
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("start", start(source));
    columns.forEach(column -> keys.put(column, column));
    String further = columns.stream().map(column -> ", " + column).collect(Collectors.joining());
    List<String> subqueries = new ArrayList<>();
    subqueries.add(AskedDays.subquery(scope, rendering));
    subqueries.addAll(breakdown.ranked(source, keys, top, rendering));
    subqueries.add(
        SqlText.subquery(
            "counted",
            SqlText.select(
                List.of("start", "other", Breakdown.category() + further, Breakdown.downloads())),
            "FROM ranked",
            "GROUP BY start, other, category" + further));
    String from =
        switch (gaps) {
          case LEFT_OUT -> "FROM counted\nCROSS JOIN days";
          case FILLED ->
              """
              FROM buckets
              CROSS JOIN (SELECT DISTINCT other, category%1$s FROM counted) AS categories
              LEFT JOIN counted USING (start, other, category%1$s)"""
                  .formatted(further);
        };
    List<String> selected = new ArrayList<>();
    selected.addAll(List.of("start", "other", "category", breakdown.label(scope.schema())));
    selected.addAll(columns);
    selected.addAll(List.of("downloads", "oldest", "newest"));
    String sql =
        SqlText.with(
            withBuckets(subqueries),
            SqlText.select(selected),
            from,
            "ORDER BY start, other, downloads DESC, category" + further);
    return query(sql, table, rendering, mapper);
  }

  /** Reads the columns {@code start, oldest, newest}. */
  TimeBucket bucket(Row row) {
    LocalDate first = row.date("start");
    LocalDate last = resolved().lastDayOf(first);
    boolean partial = first.isBefore(row.date("oldest")) || last.isAfter(row.date("newest"));
    return new TimeBucket(first, last, partial);
  }

  private String start(Source source) {
    return resolved().startOf(source.day()) + " AS start";
  }

  private List<String> withBuckets(List<String> subqueries) {
    if (gaps == Gaps.FILLED) {
      subqueries.add(
          SqlText.subquery(
              "buckets",
              "SELECT DISTINCT " + resolved().startOf("oldest + day") + " AS start, oldest, newest",
              "FROM days",
              "ARRAY JOIN range(toUInt32(newest - oldest + 1)) AS day"));
    }
    return subqueries;
  }

  private <R> Query<R> query(String sql, Table table, Rendering rendering, RowMapper<R> mapper) {
    Query<R> query = rendering.bindTo(Query.of(sql, mapper).readingFrom(table.name()));
    // An empty bucket has 0 downloads, whatever the user's profile makes of joins.
    return gaps == Gaps.FILLED ? query.setting("join_use_nulls", "0") : query;
  }
}
