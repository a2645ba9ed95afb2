package io.clickpy.query;

import java.time.LocalDate;
import java.util.Objects;

/**
 * The downloads of one day.
 *
 * @param date the day, in UTC
 * @param count downloads on that day
 */
public record DailyDownloads(LocalDate date, long count) {

  /** Checks that nothing is missing. */
  public DailyDownloads {
    Objects.requireNonNull(date, "date");
  }
}
