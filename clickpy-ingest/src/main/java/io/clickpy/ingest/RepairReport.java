package io.clickpy.ingest;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What a {@link DayRepair} did.
 *
 * @param days the days, in UTC
 * @param rowsBefore downloads that were taken away
 * @param rowsNow downloads that were put in their place
 * @param elapsed how long it took
 */
public record RepairReport(List<LocalDate> days, long rowsBefore, long rowsNow, Duration elapsed) {
  /** Copies the list. */
  public RepairReport {
    days = List.copyOf(days);
    Objects.requireNonNull(elapsed, "elapsed");
  }
}
