package io.clickpy.query.rollup;

/** Downloads of versions per day: the rollup {@code pypi_downloads_per_day_by_version}. */
public final class DownloadsPerDayByVersion extends DownloadsQuery<DownloadsPerDayByVersion>
    implements ByProject, ByVersion, ByDate {

  private DownloadsPerDayByVersion(Selection selection) {
    super(selection, DownloadsPerDayByVersion::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersion query() {
    return new DownloadsPerDayByVersion(Selection.from("pypi_downloads_per_day_by_version"));
  }
}
