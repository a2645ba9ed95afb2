package io.clickpy.query.rollup;

/**
 * Downloads per day, by version of Python: the rollup {@code pypi_downloads_per_day_by_python},
 * which ClickPy does not have.
 */
public final class DownloadsPerDayByPython extends DownloadsQuery<DownloadsPerDayByPython>
    implements ByProject, ByDate, ByPython {

  private DownloadsPerDayByPython(Selection selection) {
    super(selection, DownloadsPerDayByPython::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByPython query() {
    return new DownloadsPerDayByPython(Selection.from("pypi_downloads_per_day_by_python"));
  }
}
