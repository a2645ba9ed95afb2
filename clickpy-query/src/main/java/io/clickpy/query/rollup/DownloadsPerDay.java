package io.clickpy.query.rollup;

/** Downloads of projects per day: the rollup {@code pypi_downloads_per_day}. */
public final class DownloadsPerDay extends DownloadsQuery<DownloadsPerDay>
    implements ByProject, ByDate {

  private DownloadsPerDay(Selection selection) {
    super(selection, DownloadsPerDay::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDay query() {
    return new DownloadsPerDay(Selection.from("pypi_downloads_per_day"));
  }
}
