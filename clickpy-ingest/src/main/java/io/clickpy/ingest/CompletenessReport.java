package io.clickpy.ingest;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How much of each day is in the tables.
 *
 * @param days the days that were asked for, each once, the oldest first
 */
public record CompletenessReport(List<DayStatus> days) {
  /** Copies the list. */
  public CompletenessReport {
    days = List.copyOf(days);
  }

  /** Returns the newest day that is whole, if there is one. */
  public Optional<LocalDate> newestWholeDay() {
    return days(DayState.WHOLE).stream().reduce((older, newer) -> newer).map(DayStatus::day);
  }

  /** Returns the days in a state, the oldest first. */
  public List<DayStatus> days(DayState state) {
    return days.stream().filter(day -> day.state() == state).toList();
  }

  /** Returns a day, if it was asked for. */
  public Optional<DayStatus> day(LocalDate day) {
    return days.stream().filter(status -> status.day().equals(day)).findFirst();
  }

  /** Returns whether every day is whole. */
  public boolean isWhole() {
    return days.stream().allMatch(day -> day.state() == DayState.WHOLE);
  }
}
