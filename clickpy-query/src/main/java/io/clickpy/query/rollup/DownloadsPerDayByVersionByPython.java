package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by version of Python: the rollup {@code
 * pypi_downloads_per_day_by_version_by_python}.
 */
public final class DownloadsPerDayByVersionByPython
    extends DownloadsQuery<DownloadsPerDayByVersionByPython>
    implements ByProject, ByVersion, ByDate, ByPython {

  private DownloadsPerDayByVersionByPython(Selection selection) {
    super(selection, DownloadsPerDayByVersionByPython::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionByPython query() {
    return new DownloadsPerDayByVersionByPython(
        Selection.from("pypi_downloads_per_day_by_version_by_python"));
  }
}
