package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of a project in the last day, week and month and in all, each beside as many days
 * before.
 *
 * @param lastDay the newest day
 * @param lastWeek the newest 7 days
 * @param lastMonth the newest 30 days
 * @param all all days asked for
 */
public record DownloadSummary(
    PeriodDownloads lastDay,
    PeriodDownloads lastWeek,
    PeriodDownloads lastMonth,
    PeriodDownloads all) {

  /** Checks that nothing is missing. */
  public DownloadSummary {
    Objects.requireNonNull(lastDay, "lastDay");
    Objects.requireNonNull(lastWeek, "lastWeek");
    Objects.requireNonNull(lastMonth, "lastMonth");
    Objects.requireNonNull(all, "all");
  }
}
