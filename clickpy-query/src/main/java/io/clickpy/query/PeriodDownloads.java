package io.clickpy.query;

import io.clickpy.core.DateRange;
import java.util.Objects;

/**
 * The downloads of some days, beside those of as many days before them.
 *
 * @param days the days
 * @param count their downloads
 * @param previous the downloads of as many days before them; 0 where nothing is loaded of these
 */
public record PeriodDownloads(DateRange days, long count, long previous) {

  /** Checks that nothing is missing. */
  public PeriodDownloads {
    Objects.requireNonNull(days, "days");
  }
}
