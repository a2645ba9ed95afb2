package io.clickpy.query.rollup;

/**
 * Downloads per day, by country: the rollup {@code pypi_downloads_per_day_by_country}, which
 * ClickPy does not have.
 */
public final class DownloadsPerDayByCountry extends DownloadsQuery<DownloadsPerDayByCountry>
    implements ByProject, ByDate, ByCountry {

  private DownloadsPerDayByCountry(Selection selection) {
    super(selection, DownloadsPerDayByCountry::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByCountry query() {
    return new DownloadsPerDayByCountry(Selection.from("pypi_downloads_per_day_by_country"));
  }
}
