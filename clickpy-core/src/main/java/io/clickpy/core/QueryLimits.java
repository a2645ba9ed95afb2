package io.clickpy.core;

import io.clickpy.core.internal.OverflowModes;
import io.clickpy.core.internal.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one query may cost on the server. A query that goes over a limit fails with {@link
 * ErrorCode#LIMIT_EXCEEDED} or {@link ErrorCode#TIMEOUT}; its result is never cut silently,
 * whatever the user's profile says: each query is sent with every {@code …_overflow_mode} as {@code
 * throw}. A user who may not change that setting and has another value is refused with {@link
 * ErrorCode#ACCESS_DENIED}.
 *
 * <p>Immutable. Absent means: what the server allows.
 *
 * @param maxExecutionTime how long it may run; at least one second
 * @param maxRowsToRead rows it may read from tables
 * @param maxBytesToRead uncompressed bytes it may read from tables
 * @param maxMemory bytes of memory it may use
 */
public record QueryLimits(
    Duration maxExecutionTime,
    OptionalLong maxRowsToRead,
    OptionalLong maxBytesToRead,
    OptionalLong maxMemory) {

  /** Checks the ranges. */
  public QueryLimits {
    if (maxExecutionTime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "Invalid maxExecutionTime: " + maxExecutionTime + " (must be at least one second)");
    }
    requirePositive("maxRowsToRead", maxRowsToRead);
    requirePositive("maxBytesToRead", maxBytesToRead);
    requirePositive("maxMemory", maxMemory);
  }

  /** Returns the default: one minute, and otherwise what the server allows. */
  public static QueryLimits ofDefaults() {
    return new QueryLimits(
        Duration.ofMinutes(1), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Returns these limits with another running time.
   *
   * @param value at least one second
   */
  public QueryLimits withMaxExecutionTime(Duration value) {
    return new QueryLimits(value, maxRowsToRead, maxBytesToRead, maxMemory);
  }

  /**
   * Returns these limits with another number of rows.
   *
   * @param value at least 1
   */
  public QueryLimits withMaxRowsToRead(long value) {
    return new QueryLimits(maxExecutionTime, OptionalLong.of(value), maxBytesToRead, maxMemory);
  }

  /**
   * Returns these limits with another number of bytes to read.
   *
   * @param value at least 1
   */
  public QueryLimits withMaxBytesToRead(long value) {
    return new QueryLimits(maxExecutionTime, maxRowsToRead, OptionalLong.of(value), maxMemory);
  }

  /**
   * Returns these limits with another amount of memory.
   *
   * @param value bytes, at least 1
   */
  public QueryLimits withMaxMemory(long value) {
    return new QueryLimits(maxExecutionTime, maxRowsToRead, maxBytesToRead, OptionalLong.of(value));
  }

  /** Returns the statement under these limits; a setting of its own wins. */
  Statement applyTo(Statement statement) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("max_execution_time", Long.toString(maxExecutionTime.toSeconds()));
    maxRowsToRead.ifPresent(rows -> settings.put("max_rows_to_read", Long.toString(rows)));
    maxBytesToRead.ifPresent(bytes -> settings.put("max_bytes_to_read", Long.toString(bytes)));
    maxMemory.ifPresent(bytes -> settings.put("max_memory_usage", Long.toString(bytes)));
    OverflowModes.SETTINGS.forEach(mode -> settings.put(mode, OverflowModes.FAIL));
    settings.putAll(statement.settings());
    return new Statement(statement.sql(), statement.parameters(), settings);
  }

  private static void requirePositive(String name, OptionalLong value) {
    if (value.isPresent() && value.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %d (must be > 0)".formatted(name, value.getAsLong()));
    }
  }
}
