package io.clickpy.core.schema;

import java.util.List;

/** What a rollup keeps of the downloads that share its dimensions. */
public enum Measure {
  /** How many there were: {@code count Int64}. Always add it up, rows may not be merged yet. */
  COUNT(
      "SummingMergeTree",
      List.of(new Column("count", "Int64", "downloads; add it up: sum(count)"))),
  /** Their first and last day: {@code max_date}, {@code min_date}. */
  DATE_RANGE(
      "AggregatingMergeTree",
      List.of(
          new Column("max_date", "SimpleAggregateFunction(max, Date)", "last day: max(max_date)"),
          new Column(
              "min_date", "SimpleAggregateFunction(min, Date)", "first day: min(min_date)")));

  private final String engine;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<Column> columns;

  Measure(String engine, List<Column> columns) {
    this.engine = engine;
    this.columns = columns;
  }

  /** Returns the engine that merges rows of equal dimensions. */
  public String engine() {
    return engine;
  }

  /** Returns the columns, in order. */
  public List<Column> columns() {
    return columns;
  }

  /**
   * Returns what computes the columns from a table, in their order.
   *
   * @param source the raw table, or a rollup that knows the measure or, for a range of dates, the
   *     date
   * @throws IllegalArgumentException if the table knows neither
   */
  List<String> aggregates(Table source) {
    boolean raw = source instanceof DownloadsTable;
    if (this == COUNT && (raw || source.hasColumn("count"))) {
      return List.of(raw ? "count()" : "sum(source.count)");
    }
    if (this == DATE_RANGE && source.hasColumn("date")) {
      return List.of("max(source.date)", "min(source.date)");
    }
    if (this == DATE_RANGE && source.hasColumn("max_date")) {
      return List.of("max(source.max_date)", "min(source.min_date)");
    }
    throw new IllegalArgumentException(
        "Invalid source: %s (it cannot tell %s)".formatted(source.name(), names()));
  }

  private List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
