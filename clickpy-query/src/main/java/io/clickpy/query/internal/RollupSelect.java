package io.clickpy.query.internal;

import io.clickpy.core.Query;
import io.clickpy.core.RowMapper;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code SELECT} over one table: a measure of the downloads that meet the conditions, by some
 * dimensions.
 *
 * @param schema the tables that may be read
 * @param measure what is asked about the downloads
 * @param conditions which downloads; all of them must hold
 * @param groups what they are told apart by
 * @param order how the rows are sorted, before the groups
 * @param limit how many rows at most
 */
public record RollupSelect(
    PypiSchema schema,
    Measure measure,
    List<Condition> conditions,
    List<Dimension> groups,
    List<Order> order,
    OptionalInt limit) {

  /** Copies the lists. */
  public RollupSelect {
    conditions = List.copyOf(conditions);
    groups = List.copyOf(groups);
    order = List.copyOf(order);
  }

  /** Returns the question for all downloads. */
  public static RollupSelect of(PypiSchema schema, Measure measure) {
    return new RollupSelect(schema, measure, List.of(), List.of(), List.of(), OptionalInt.empty());
  }

  /** Returns the same question to the tables of another schema. */
  public RollupSelect in(PypiSchema another) {
    return new RollupSelect(another, measure, conditions, groups, order, limit);
  }

  /** Returns this question for those downloads alone that meet more conditions. */
  public RollupSelect where(List<Condition> more) {
    return new RollupSelect(schema, measure, concat(conditions, more), groups, order, limit);
  }

  /** Returns this question told apart by more dimensions. */
  public RollupSelect groupBy(List<Dimension> more) {
    List<Dimension> all = Stream.concat(groups.stream(), more.stream()).distinct().toList();
    return new RollupSelect(schema, measure, conditions, all, order, limit);
  }

  /** Returns this question sorted by one thing more. */
  public RollupSelect orderBy(Order more) {
    return new RollupSelect(
        schema, measure, conditions, groups, concat(order, List.of(more)), limit);
  }

  /**
   * Returns this question with another number of rows.
   *
   * @param what what is counted, for the error
   * @param rows how many at most; at least 1
   */
  public RollupSelect limit(String what, int rows) {
    return new RollupSelect(
        schema, measure, conditions, groups, order, OptionalInt.of(Limits.check(what, rows)));
  }

  /**
   * Returns the question as SQL with bound parameters.
   *
   * @param table a rollup that can answer, or the raw table
   */
  public <R> Query<R> toQuery(Table table, RowMapper<R> mapper) {
    Rendering rendering = new Rendering(schema);
    List<String> keys = groups.stream().map(Dimension::column).toList();
    Source rows = Source.of(table, conditions, rendering);
    boolean ofDays = measure == Measure.DATE_RANGE && table.hasColumn(Dimension.DATE.column());
    Source source = ofDays ? rows.days(keys) : rows;
    List<String> lines = new ArrayList<>();
    lines.add(
        "SELECT "
            + Stream.concat(keys.stream(), Stream.of(source.measure(measure)))
                .collect(Collectors.joining(", ")));
    lines.add(source.text());
    if (!keys.isEmpty()) {
      lines.add("GROUP BY " + String.join(", ", keys));
    }
    if (measure == Measure.COUNT) {
      lines.add(Source.HAVING_SOME);
    } else if (keys.isEmpty()) {
      lines.add("HAVING count() > 0"); // Else SQL would give a row even of nothing.
    }
    if (!keys.isEmpty()) {
      lines.add(
          "ORDER BY "
              + Stream.concat(
                      order.stream().map(o -> o.render(groups)),
                      keys.stream().filter(key -> order.stream().noneMatch(o -> o.isBy(key))))
                  .collect(Collectors.joining(", ")));
    }
    if (limit.isPresent()) {
      lines.add("LIMIT " + rendering.bind("limit", "UInt32", limit.getAsInt()));
    }
    return rendering.bindTo(Query.of(String.join("\n", lines), mapper).readingFrom(table.name()));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
