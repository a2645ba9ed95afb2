package io.clickpy.core;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The rows of an answered query, as an unmodifiable list that also knows what they cost.
 *
 * <p>Immutable and thread-safe if its rows are.
 *
 * @param <R> what a row is
 */
public final class QueryResult<R> extends AbstractList<R> implements RandomAccess {
  private final List<R> rows;
  private final QueryStatistics statistics;
  private final Optional<String> table;

  QueryResult(List<R> rows, QueryStatistics statistics, Optional<String> table) {
    this.rows = List.copyOf(rows);
    this.statistics = Objects.requireNonNull(statistics, "statistics");
    this.table = table;
  }

  /** Returns what the server counted: query id, rows and bytes read, time. */
  public QueryStatistics statistics() {
    return statistics;
  }

  /** Returns the table that the query says it reads, if it says so. */
  public Optional<String> table() {
    return table;
  }

  @Override
  public R get(int index) {
    return rows.get(index);
  }

  @Override
  public int size() {
    return rows.size();
  }
}
