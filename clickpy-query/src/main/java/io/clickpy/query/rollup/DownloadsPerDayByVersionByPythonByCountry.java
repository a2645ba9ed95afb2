package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by version of Python and country: the rollup {@code
 * pypi_downloads_per_day_by_version_by_python_by_country}.
 */
public final class DownloadsPerDayByVersionByPythonByCountry
    extends DownloadsQuery<DownloadsPerDayByVersionByPythonByCountry>
    implements ByProject, ByVersion, ByDate, ByCountry, ByPython {

  private DownloadsPerDayByVersionByPythonByCountry(Selection selection) {
    super(selection, DownloadsPerDayByVersionByPythonByCountry::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionByPythonByCountry query() {
    return new DownloadsPerDayByVersionByPythonByCountry(
        Selection.from("pypi_downloads_per_day_by_version_by_python_by_country"));
  }
}
