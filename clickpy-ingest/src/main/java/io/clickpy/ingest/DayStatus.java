package io.clickpy.ingest;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How much of a day is in the tables.
 *
 * @param day the day in UTC
 * @param state how much
 * @param downloads downloads that are there
 * @param expected how many there should be, if somebody says
 * @param reasons in words, what speaks against its being whole; empty if it is
 */
public record DayStatus(
    LocalDate day, DayState state, long downloads, OptionalLong expected, List<String> reasons) {
  /** Copies the list. */
  public DayStatus {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(expected, "expected");
    reasons = List.copyOf(reasons);
  }
}
