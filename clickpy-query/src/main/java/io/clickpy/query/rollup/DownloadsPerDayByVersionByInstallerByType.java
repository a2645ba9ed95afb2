package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by installer and kind of file: the rollup {@code
 * pypi_downloads_per_day_by_version_by_installer_by_type}.
 */
public final class DownloadsPerDayByVersionByInstallerByType
    extends DownloadsQuery<DownloadsPerDayByVersionByInstallerByType>
    implements ByProject, ByVersion, ByDate, ByInstaller, ByFileType {

  private DownloadsPerDayByVersionByInstallerByType(Selection selection) {
    super(selection, DownloadsPerDayByVersionByInstallerByType::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionByInstallerByType query() {
    return new DownloadsPerDayByVersionByInstallerByType(
        Selection.from("pypi_downloads_per_day_by_version_by_installer_by_type"));
  }
}
