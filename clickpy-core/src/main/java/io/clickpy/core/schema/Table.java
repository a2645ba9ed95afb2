package io.clickpy.core.schema;

import java.util.List;

/** A table of the database. */
public sealed interface Table permits DownloadsTable, Rollup, ReferenceTable {
  /** What stands behind the name of a table that holds the rows of one server of a cluster. */
  String LOCAL_SUFFIX = "_local";

  /** Returns the name, with the prefix if there is one. */
  String name();

  /** Returns the columns, in order. */
  List<Column> columns();

  /** Returns the columns by which the rows are sorted. */
  List<String> sortKey();

  /** Returns the engine's name, as {@code SummingMergeTree}. */
  String engine();

  /**
   * Returns how many rows ClickHouse reads at least, where the sort key leads to a row: {@code
   * index_granularity}; ClickHouse's own by default.
   */
  default int granule() {
    return Ddl.DEFAULT_GRANULE;
  }

  /** Returns what else lets a query skip rows. */
  List<SkipIndex> skipIndexes();

  /** Returns what the table is for, in one sentence. */
  String description();

  /**
   * Returns the table that holds this one's rows on one server of a cluster, where this one's name
   * is that of a {@code Distributed} table over all of them: the same, with {@value #LOCAL_SUFFIX}
   * behind its name. A table that every server holds as a whole is its own.
   */
  Table local();

  /** Returns whether there is a column of that name. */
  default boolean hasColumn(String column) {
    return columns().stream().anyMatch(c -> c.name().equals(column));
  }
}
