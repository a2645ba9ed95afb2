package io.clickpy.ingest.internal;

import io.clickpy.core.schema.PypiSchema;
import java.time.Duration;

/**
 * What the caller has chosen about a load.
 *
 * @param schema the tables to fill
 * @param failedBefore what to do with files that an earlier load could not load
 * @param lease how long a loader counts as alive without a word
 */
public record LoadOptions(PypiSchema schema, FailedBefore failedBefore, Duration lease) {
  private static final Duration LEASE = Duration.ofSeconds(20);

  /** Returns the defaults. */
  public static LoadOptions ofDefaults() {
    return new LoadOptions(PypiSchema.ofDefaults(), FailedBefore.REPORT, LEASE);
  }

  /** Returns these options for other tables. */
  public LoadOptions withSchema(PypiSchema value) {
    return new LoadOptions(value, failedBefore, lease);
  }

  /** Returns these options with another choice about files that failed. */
  public LoadOptions withFailedBefore(FailedBefore value) {
    return new LoadOptions(schema, value, lease);
  }

  /** Returns these options with another lease. */
  public LoadOptions withLease(Duration value) {
    return new LoadOptions(schema, failedBefore, value);
  }

  /** What to do with files that failed before, by their own fault, and have not changed. */
  public enum FailedBefore {
    /** Say again that they have failed. */
    REPORT,
    /** Try again. */
    RETRY
  }
}
