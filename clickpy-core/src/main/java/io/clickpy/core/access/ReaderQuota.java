package io.clickpy.core.access;

import java.time.Duration;

/**
 * What all queries of a reader may cost within some time, counted for each address that the queries
 * come from. Beyond it a query fails with {@link io.clickpy.core.ErrorCode#OVERLOADED}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param interval the time; whole seconds, at least one
 * @param maxQueries how many queries; at least 1
 * @param maxRowsRead rows that they may read; at least 1
 * @param maxExecutionTime how long they may run together; whole seconds, at least one
 */
public record ReaderQuota(
    Duration interval, long maxQueries, long maxRowsRead, Duration maxExecutionTime) {
  private static final ReaderQuota DEFAULT =
      new ReaderQuota(Duration.ofHours(1), 10_000, 1_000_000_000_000L, Duration.ofHours(1));

  /** Checks the ranges. */
  public ReaderQuota {
    Positive.seconds("interval", interval);
    Positive.number("maxQueries", maxQueries);
    Positive.number("maxRowsRead", maxRowsRead);
    Positive.seconds("maxExecutionTime", maxExecutionTime);
  }

  /** Returns the default: in an hour ten thousand queries, a million million rows, an hour. */
  public static ReaderQuota ofDefaults() {
    return DEFAULT;
  }
}
