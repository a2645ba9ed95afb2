package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by operating system and country: the rollup {@code
 * pypi_downloads_per_day_by_version_by_system_by_country}.
 */
public final class DownloadsPerDayByVersionBySystemByCountry
    extends DownloadsQuery<DownloadsPerDayByVersionBySystemByCountry>
    implements ByProject, ByVersion, ByDate, ByCountry, BySystem {

  private DownloadsPerDayByVersionBySystemByCountry(Selection selection) {
    super(selection, DownloadsPerDayByVersionBySystemByCountry::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionBySystemByCountry query() {
    return new DownloadsPerDayByVersionBySystemByCountry(
        Selection.from("pypi_downloads_per_day_by_version_by_system_by_country"));
  }
}
