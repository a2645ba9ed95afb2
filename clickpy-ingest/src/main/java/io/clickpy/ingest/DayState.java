package io.clickpy.ingest;

/** How much of a day in UTC is in the tables; {@link Completeness} tells what speaks for which. */
public enum DayState {
  /** Nothing that is known speaks against its being there in full. */
  WHOLE,
  /** Downloads of it are known to be missing, or may still arrive: load what is new. */
  PARTIAL,
  /** It was there in full, and its source has changed since: replace the day: {@link DayRepair}. */
  STALE,
  /** None of its downloads is there. */
  MISSING
}
