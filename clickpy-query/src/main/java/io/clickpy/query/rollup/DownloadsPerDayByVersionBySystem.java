package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by operating system: the rollup {@code
 * pypi_downloads_per_day_by_version_by_system}.
 */
public final class DownloadsPerDayByVersionBySystem
    extends DownloadsQuery<DownloadsPerDayByVersionBySystem>
    implements ByProject, ByVersion, ByDate, BySystem {

  private DownloadsPerDayByVersionBySystem(Selection selection) {
    super(selection, DownloadsPerDayByVersionBySystem::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionBySystem query() {
    return new DownloadsPerDayByVersionBySystem(
        Selection.from("pypi_downloads_per_day_by_version_by_system"));
  }
}
