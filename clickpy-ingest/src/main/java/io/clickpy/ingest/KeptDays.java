package io.clickpy.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * Days that were replaced, and whose downloads of before are still there.
 *
 * @param days the days, in UTC; more than one if they were replaced together
 * @param since when they were replaced
 * @param rowsBefore downloads that are kept
 * @param rowsNow downloads that were put in their place
 */
public record KeptDays(List<LocalDate> days, Instant since, long rowsBefore, long rowsNow) {
  /** Copies the list. */
  public KeptDays {
    days = List.copyOf(days);
    Objects.requireNonNull(since, "since");
  }
}
