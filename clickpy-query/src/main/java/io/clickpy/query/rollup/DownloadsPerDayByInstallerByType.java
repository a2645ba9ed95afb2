package io.clickpy.query.rollup;

/**
 * Downloads per day, by installer and kind of file: the rollup {@code
 * pypi_downloads_per_day_by_installer_by_type}, which ClickPy does not have.
 */
public final class DownloadsPerDayByInstallerByType
    extends DownloadsQuery<DownloadsPerDayByInstallerByType>
    implements ByProject, ByDate, ByInstaller, ByFileType {

  private DownloadsPerDayByInstallerByType(Selection selection) {
    super(selection, DownloadsPerDayByInstallerByType::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByInstallerByType query() {
    return new DownloadsPerDayByInstallerByType(
        Selection.from("pypi_downloads_per_day_by_installer_by_type"));
  }
}
