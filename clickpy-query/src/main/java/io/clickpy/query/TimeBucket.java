package io.clickpy.query;

import java.time.LocalDate;
import java.util.Objects;

/**
 * A day, week, month, quarter or year of a question over time.
 *
 * @param first its first day, in UTC
 * @param last its last day
 * @param partial whether some of its days were not asked for, or are before the oldest or after the
 *     newest day loaded: then its numbers are not to be compared with those of whole buckets
 */
public record TimeBucket(LocalDate first, LocalDate last, boolean partial) {

  /** Checks that nothing is missing. */
  public TimeBucket {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(last, "last");
  }
}
