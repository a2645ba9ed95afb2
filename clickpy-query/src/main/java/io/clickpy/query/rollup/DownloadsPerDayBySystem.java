package io.clickpy.query.rollup;

/**
 * Downloads per day, by operating system: the rollup {@code pypi_downloads_per_day_by_system},
 * which ClickPy does not have.
 */
public final class DownloadsPerDayBySystem extends DownloadsQuery<DownloadsPerDayBySystem>
    implements ByProject, ByDate, BySystem {

  private DownloadsPerDayBySystem(Selection selection) {
    super(selection, DownloadsPerDayBySystem::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayBySystem query() {
    return new DownloadsPerDayBySystem(Selection.from("pypi_downloads_per_day_by_system"));
  }
}
