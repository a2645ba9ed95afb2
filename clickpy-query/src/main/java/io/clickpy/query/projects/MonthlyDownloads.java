package io.clickpy.query.projects;

import java.time.YearMonth;
import java.util.Objects;

/**
 * The downloads of one month.
 *
 * @param month the month, in UTC
 * @param count its downloads
 */
public record MonthlyDownloads(YearMonth month, long count) {

  /** Checks that nothing is missing. */
  public MonthlyDownloads {
    Objects.requireNonNull(month, "month");
  }
}
