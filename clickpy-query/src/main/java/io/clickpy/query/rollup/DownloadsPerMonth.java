package io.clickpy.query.rollup;

/** Downloads of projects per month: the rollup {@code pypi_downloads_per_month}. */
public final class DownloadsPerMonth extends DownloadsQuery<DownloadsPerMonth>
    implements ByMonth, ByProject {

  private DownloadsPerMonth(Selection selection) {
    super(selection, DownloadsPerMonth::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerMonth query() {
    return new DownloadsPerMonth(Selection.from("pypi_downloads_per_month"));
  }
}
