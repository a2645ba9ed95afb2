package io.clickpy.core;

/**
 * Makes one value of the current row.
 *
 * @param <R> what a row becomes; never null
 */
@FunctionalInterface
public interface RowMapper<R> {
  /**
   * Reads what it needs of the current row.
   *
   * @param row the current row; valid during this call only
   * @return the row's value
   */
  R map(Row row);
}
