package io.clickpy.query.rollup;

/**
 * Downloads of versions per day, by kind of file: the rollup {@code
 * pypi_downloads_per_day_by_version_by_file_type}.
 */
public final class DownloadsPerDayByVersionByFileType
    extends DownloadsQuery<DownloadsPerDayByVersionByFileType>
    implements ByProject, ByVersion, ByDate, ByFileType {

  private DownloadsPerDayByVersionByFileType(Selection selection) {
    super(selection, DownloadsPerDayByVersionByFileType::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsPerDayByVersionByFileType query() {
    return new DownloadsPerDayByVersionByFileType(
        Selection.from("pypi_downloads_per_day_by_version_by_file_type"));
  }
}
