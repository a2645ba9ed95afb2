package io.clickpy.ingest.internal;

/** What to do if a source has no rows for the days that it is to replace. */
public enum EmptyDays {
  /** That must be a mistake. */
  REFUSED,
  /** The days had no downloads. */
  ALLOWED
}
