package io.clickpy.core;

import java.time.LocalDate;

/**
 * Days in UTC, both ends included.
 *
 * @param first the first day
 * @param last the last day; not before the first
 */
public record DateRange(LocalDate first, LocalDate last) {

  /** Checks the order. */
  public DateRange {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(
          "Invalid date range: %s to %s (the last day is before the first)".formatted(first, last));
    }
  }

  /**
   * Returns the days from the first to the last, both included.
   *
   * @throws IllegalArgumentException if the last is before the first
   */
  public static DateRange of(LocalDate first, LocalDate last) {
    return new DateRange(first, last);
  }

  @Override
  public String toString() {
    return first + "/" + last;
  }
}
