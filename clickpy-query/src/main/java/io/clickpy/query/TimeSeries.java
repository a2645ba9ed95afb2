package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.core.RowMapper;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Table;
import io.clickpy.query.internal.Bindings;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Source;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

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
    Bindings bindings = new Bindings();
    Source source = Source.of(table, scope.conditionList(), bindings);
    List<String> subqueries = new ArrayList<>();
    subqueries.add(days(bindings));
    subqueries.add(counted(source, "", "start"));
    String sql =
        switch (gaps) {
          case LEFT_OUT ->
              """
              SELECT start, downloads, oldest, newest
              FROM counted
              CROSS JOIN days
              ORDER BY start""";
          case FILLED -> {
            subqueries.add(buckets());
            yield """
            SELECT start, downloads, oldest, newest
            FROM buckets
            LEFT JOIN counted USING (start)
            ORDER BY start""";
          }
        };
    return query(subqueries, sql, table, bindings, mapper);
  }

  /**
   * Returns one row for each bucket and category: {@code start, other, category, label, downloads,
   * oldest, newest}.
   */
  <R> Query<R> by(Breakdown breakdown, int top, Table table, RowMapper<R> mapper) {
    Bindings bindings = new Bindings();
    Source source = Source.of(table, scope.conditionList(), bindings);
    List<String> subqueries = new ArrayList<>();
    subqueries.add(days(bindings));
    subqueries.add(breakdown.top(source, top, bindings));
    subqueries.add(counted(source, breakdown.columns() + ", ", "start, other, category"));
    String from =
        switch (gaps) {
          case LEFT_OUT ->
              """
              FROM counted
              CROSS JOIN days""";
          case FILLED -> {
            subqueries.add(buckets());
            yield """
            FROM buckets
            CROSS JOIN (SELECT DISTINCT other, category FROM counted) AS categories
            LEFT JOIN counted USING (start, other, category)""";
          }
        };
    String sql =
        """
        SELECT start, other, category, %s AS label, downloads, oldest, newest
        %s
        ORDER BY start, other, downloads DESC, category"""
            .formatted(breakdown.label(), from);
    return query(subqueries, sql, table, bindings, mapper);
  }

  /** Reads the columns {@code start, oldest, newest}. */
  TimeBucket bucket(Row row) {
    LocalDate first = row.date("start");
    LocalDate last = resolved().lastDayOf(first);
    boolean partial = first.isBefore(row.date("oldest")) || last.isAfter(row.date("newest"));
    return new TimeBucket(first, last, partial);
  }

  /** The days asked for, as far as they are loaded. */
  private String days(Bindings bindings) {
    String oldest = "min(min_date)";
    String newest = "max(max_date)";
    Condition asked = scope.days().orElse(null);
    if (asked instanceof Condition.Between between) {
      oldest = "greatest(%s, %s)".formatted(oldest, between.first(bindings));
      newest = "least(%s, %s)".formatted(newest, between.last(bindings));
    } else if (asked instanceof Condition.LastDays lastDays) {
      oldest = "toDate(greatest(toDate32(%s), %s))".formatted(oldest, lastDays.firstDay(bindings));
    }
    return """
        days AS (
          SELECT %s AS oldest, %s AS newest
          FROM %s)"""
        .formatted(oldest, newest, Condition.loadedDays());
  }

  private String counted(Source source, String columns, String keys) {
    String day = source.table().hasColumn(Dimension.DATE.column()) ? "date" : "month";
    return """
        counted AS (
          SELECT %s AS start, %s%s AS downloads
        %s
          GROUP BY %s)"""
        .formatted(
            resolved().startOf(day),
            columns,
            source.count(),
            source.text().indent(2).stripTrailing(),
            keys);
  }

  private String buckets() {
    return """
        buckets AS (
          SELECT DISTINCT %s AS start, oldest, newest
          FROM days
          ARRAY JOIN range(toUInt32(greatest(0, newest - oldest + 1))) AS day)"""
        .formatted(resolved().startOf("oldest + day"));
  }

  private <R> Query<R> query(
      List<String> subqueries, String sql, Table table, Bindings bindings, RowMapper<R> mapper) {
    String with = String.join(",\n", subqueries).indent(2);
    Query<R> query =
        bindings.bindTo(Query.of("WITH\n" + with + sql, mapper).readingFrom(table.name()));
    // An empty bucket has 0 downloads, whatever the user's profile makes of joins.
    return gaps == Gaps.FILLED ? query.setting("join_use_nulls", "0") : query;
  }
}
