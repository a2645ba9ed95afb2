package io.clickpy.query.rollup;

/**
 * Downloads of all projects together, per day: the rollup {@code pypi_downloads_overall_per_day},
 * which ClickPy does not have.
 */
public final class DownloadsOverallPerDay extends DownloadsQuery<DownloadsOverallPerDay>
    implements ByDate {

  private DownloadsOverallPerDay(Selection selection) {
    super(selection, DownloadsOverallPerDay::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsOverallPerDay query() {
    return new DownloadsOverallPerDay(Selection.from("pypi_downloads_overall_per_day"));
  }
}
