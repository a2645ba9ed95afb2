package io.clickpy.core;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The current row of an answer, read column by column while the query's {@link RowMapper} runs.
 *
 * <p>A row is a view that moves on: do not keep it. Each accessor throws a {@link ClickPyException}
 * with {@link ErrorCode#INVALID_RESPONSE} for a column that is missing, NULL, or of a type that it
 * cannot give without loss.
 */
public interface Row {
  /** Returns the column names, in the order of the answer. */
  List<String> columns();

  /** Returns whether the column is NULL. */
  boolean isNull(String column);

  /** Returns a {@code String}, {@code FixedString}, {@code Enum} or {@code UUID}. */
  String string(String column);

  /** Returns an integer of any width that fits into a {@code long}. */
  long longValue(String column);

  /** Returns an integer of any width that fits into an {@code int}. */
  int intValue(String column);

  /** Returns a {@code Float32}, a {@code Float64} or an integer. */
  double doubleValue(String column);

  /** Returns a {@code Bool}, or whether an integer is not zero. */
  boolean booleanValue(String column);

  /** Returns a {@code Date} or {@code Date32}. */
  LocalDate date(String column);

  /** Returns a {@code DateTime} or {@code DateTime64}. */
  Instant instant(String column);

  /** Returns an {@code Array(String)} or an array of something that has a text form. */
  List<String> strings(String column);

  /** Returns an array of integers. */
  List<Long> longs(String column);
}
