package io.clickpy.core.schema;

import java.util.List;

/** A table of the database. */
public sealed interface Table permits DownloadsTable, Rollup, ReferenceTable {
  /** Returns the name, with the prefix if there is one. */
  String name();

  /** Returns the columns, in order. */
  List<Column> columns();

  /** Returns the columns by which the rows are sorted. */
  List<String> sortKey();

  /** Returns the engine's name, as {@code SummingMergeTree}. */
  String engine();

  /** Returns what else lets a query skip rows. */
  List<SkipIndex> skipIndexes();

  /** Returns what the table is for, in one sentence. */
  String description();

  /** Returns whether there is a column of that name. */
  default boolean hasColumn(String column) {
    return columns().stream().anyMatch(c -> c.name().equals(column));
  }
}
