package io.clickpy.core.access;

import java.time.Duration;

/**
 * What one query of a reader may cost. A query that goes over a limit fails; its result is never
 * cut. The reader can lower the first four for a query, and raise none.
 *
 * <p>Immutable and thread-safe.
 *
 * @param maxExecutionTime how long it may run; whole seconds, at least one
 * @param maxRowsToRead rows it may read from tables, on each server; at least 1
 * @param maxBytesToRead uncompressed bytes it may read from tables, on each server; at least 1
 * @param maxMemory bytes of memory it may use on each server; at least 1
 * @param maxResultRows rows of its result; at least 1
 * @param maxResultBytes uncompressed bytes of its result; at least 1
 */
public record ReaderLimits(
    Duration maxExecutionTime,
    long maxRowsToRead,
    long maxBytesToRead,
    long maxMemory,
    long maxResultRows,
    long maxResultBytes) {
  private static final ReaderLimits DEFAULT =
      new ReaderLimits(
          Duration.ofMinutes(1),
          10_000_000_000L,
          1_000_000_000_000L,
          10_000_000_000L,
          1_000_000,
          256_000_000);

  /** Checks the ranges. */
  public ReaderLimits {
    Positive.seconds("maxExecutionTime", maxExecutionTime);
    Positive.number("maxRowsToRead", maxRowsToRead);
    Positive.number("maxBytesToRead", maxBytesToRead);
    Positive.number("maxMemory", maxMemory);
    Positive.number("maxResultRows", maxResultRows);
    Positive.number("maxResultBytes", maxResultBytes);
  }

  /**
   * Returns the default: one minute, ten thousand million rows, 1 TB and 10 GB of memory, as
   * ClickPy's public server allows or less, for a million rows or 256 MB of result.
   */
  public static ReaderLimits ofDefaults() {
    return DEFAULT;
  }

  /**
   * Returns these limits with another running time. A {@link io.clickpy.core.ClickPy} of the reader
   * asks for a minute unless its {@link io.clickpy.core.QueryLimits} say otherwise, so below a
   * minute they have to.
   */
  public ReaderLimits withMaxExecutionTime(Duration value) {
    return new ReaderLimits(
        value, maxRowsToRead, maxBytesToRead, maxMemory, maxResultRows, maxResultBytes);
  }

  /** Returns these limits with another number of rows to read. */
  public ReaderLimits withMaxRowsToRead(long value) {
    return new ReaderLimits(
        maxExecutionTime, value, maxBytesToRead, maxMemory, maxResultRows, maxResultBytes);
  }

  /** Returns these limits with another number of bytes to read. */
  public ReaderLimits withMaxBytesToRead(long value) {
    return new ReaderLimits(
        maxExecutionTime, maxRowsToRead, value, maxMemory, maxResultRows, maxResultBytes);
  }

  /** Returns these limits with another amount of memory. */
  public ReaderLimits withMaxMemory(long value) {
    return new ReaderLimits(
        maxExecutionTime, maxRowsToRead, maxBytesToRead, value, maxResultRows, maxResultBytes);
  }

  /** Returns these limits with another number of rows in a result. */
  public ReaderLimits withMaxResultRows(long value) {
    return new ReaderLimits(
        maxExecutionTime, maxRowsToRead, maxBytesToRead, maxMemory, value, maxResultBytes);
  }

  /** Returns these limits with another size of a result. */
  public ReaderLimits withMaxResultBytes(long value) {
    return new ReaderLimits(
        maxExecutionTime, maxRowsToRead, maxBytesToRead, maxMemory, maxResultRows, value);
  }
}
