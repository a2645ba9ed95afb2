package io.clickpy.core.schema;

import io.clickpy.core.PlainSql;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that holds downloads already counted, by some dimensions. A materialized view fills it
 * from every insert into the raw table; bulk loads derive it from the next finer table instead.
 *
 * @param name the name, with the prefix if there is one
 * @param dimensions what it tells downloads apart by, in the order of its sort key
 * @param measure what it keeps
 * @param derivedFrom the raw table, or the rollup that reads least among those that can tell it
 * @param description what questions it is for, in one sentence
 */
public record Rollup(
    String name, List<Dimension> dimensions, Measure measure, Table derivedFrom, String description)
    implements Table {
  private static final String VIEW_SUFFIX = "_mv";

  /** A project has a few hundred rows in most rollups: larger granules are read for nothing. */
  private static final int GRANULE = 1_024;

  /**
   * Checks that the table it is derived from can tell all of it.
   *
   * @throws IllegalArgumentException if that table lacks something, or a dimension appears twice
   */
  public Rollup {
    Identifier.check("table name", name);
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty() || EnumSet.copyOf(dimensions).size() < dimensions.size()) {
      throw new IllegalArgumentException(
          "Invalid dimensions of %s: %s (must be some, each once)".formatted(name, dimensions));
    }
    dimensions.forEach(dimension -> expression(dimension, derivedFrom));
    measure.aggregates(derivedFrom);
  }

  @Override
  public Rollup local() {
    return new Rollup(name + LOCAL_SUFFIX, dimensions, measure, derivedFrom.local(), description);
  }

  @Override
  public List<Column> columns() {
    return Stream.concat(
            dimensions.stream().map(Dimension::declaration), measure.columns().stream())
        .toList();
  }

  /** Without making the columns: the planner asks for each table, whenever a question is asked. */
  @Override
  public boolean hasColumn(String column) {
    for (Dimension dimension : dimensions) {
      if (dimension.column().equals(column)) {
        return true;
      }
    }
    for (Column own : measure.columns()) {
      if (own.name().equals(column)) {
        return true;
      }
    }
    return false;
  }

  /** Returns all dimensions: rows that differ in one of them must never be merged. */
  @Override
  public List<String> sortKey() {
    return dimensions.stream().map(Dimension::column).toList();
  }

  /** Returns one over the date, where the rows are sorted by version first. */
  @Override
  public List<SkipIndex> skipIndexes() {
    int version = dimensions.indexOf(Dimension.VERSION);
    int date = dimensions.indexOf(Dimension.DATE);
    return version >= 0 && version < date ? List.of(SkipIndex.DATES) : List.of();
  }

  @Override
  public int granule() {
    return GRANULE;
  }

  @Override
  public String engine() {
    return measure.engine();
  }

  /** Returns the name of the view that fills the table. */
  public String viewName() {
    return name + VIEW_SUFFIX;
  }

  /** Returns whether the table tells downloads apart by all of these. */
  public boolean covers(Set<Dimension> wanted) {
    return dimensions.containsAll(wanted);
  }

  /**
   * Returns the {@code SELECT} that computes this rollup, column by column in order.
   *
   * @param source a table that has the dimensions and can tell the measure; of this schema, or of
   *     one with another prefix
   * @throws IllegalArgumentException if that table lacks something
   */
  public String selectFrom(Table source) {
    return select(source, "");
  }

  /**
   * Returns the {@code SELECT} that computes this rollup from a part of a table's rows.
   *
   * @param source as in {@link #selectFrom(Table)}
   * @param condition which rows, over the columns of the source; values as {@code {name:Type}}
   * @throws IllegalArgumentException if that table lacks something
   */
  @PlainSql
  public String selectFrom(Table source, String condition) {
    return select(source, " WHERE " + condition);
  }

  private String select(Table source, String where) {
    List<Column> measures = measure.columns();
    List<String> aggregates = measure.aggregates(source);
    Stream<String> keys = dimensions.stream().map(dimension -> selected(dimension, source));
    Stream<String> values =
        Stream.iterate(0, i -> i < measures.size(), i -> i + 1)
            .map(i -> aggregates.get(i) + " AS " + measures.get(i).name());
    return "SELECT %s FROM %s AS source%s GROUP BY %s"
        .formatted(
            Stream.concat(keys, values).collect(Collectors.joining(", ")),
            source.name(),
            where,
            String.join(", ", sortKey()));
  }

  private static String selected(Dimension dimension, Table source) {
    String expression = expression(dimension, source);
    return expression.equals(dimension.column())
        ? expression
        : expression + " AS " + dimension.column();
  }

  private static String expression(Dimension dimension, Table source) {
    if (source.hasColumn(dimension.column())) {
      return dimension.column();
    }
    if (dimension == Dimension.MONTH && source.hasColumn(Dimension.DATE.column())) {
      return dimension.expression();
    }
    throw new IllegalArgumentException(
        "Invalid source: %s (it cannot tell %s)".formatted(source.name(), dimension.column()));
  }
}
