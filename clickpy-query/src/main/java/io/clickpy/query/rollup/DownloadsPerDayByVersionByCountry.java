package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by country: the rollup {@code
 * pypi_downloads_per_day_by_version_by_country}.
 */
public final class DownloadsPerDayByVersionByCountry
    extends DownloadsQuery<DownloadsPerDayByVersionByCountry>
    implements ByProject, ByVersion, ByDate, ByCountry {

  private DownloadsPerDayByVersionByCountry(Selection selection) {
    super(selection, DownloadsPerDayByVersionByCountry::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionByCountry query() {
    return new DownloadsPerDayByVersionByCountry(
        Selection.from("pypi_downloads_per_day_by_version_by_country"));
  }
}
