package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by installer, kind of file and country: the rollup {@code
 * pypi_downloads_per_day_by_version_by_installer_by_type_by_country}.
 */
public final class DownloadsPerDayByVersionByInstallerByTypeByCountry
    extends DownloadsQuery<DownloadsPerDayByVersionByInstallerByTypeByCountry>
    implements ByProject, ByVersion, ByDate, ByCountry, ByInstaller, ByFileType {

  private DownloadsPerDayByVersionByInstallerByTypeByCountry(Selection selection) {
    super(selection, DownloadsPerDayByVersionByInstallerByTypeByCountry::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionByInstallerByTypeByCountry query() {
    return new DownloadsPerDayByVersionByInstallerByTypeByCountry(
        Selection.from("pypi_downloads_per_day_by_version_by_installer_by_type_by_country"));
  }
}
