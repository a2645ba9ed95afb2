package io.clickpy.query.rollup;

/** Downloads of versions, of all time: the rollup {@code pypi_downloads_by_version}. */
public final class DownloadsByVersion extends DownloadsQuery<DownloadsByVersion>
    implements ByProject, ByVersion {

  private DownloadsByVersion(Selection selection) {
    super(selection, DownloadsByVersion::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static DownloadsByVersion query() {
    return new DownloadsByVersion(Selection.from("pypi_downloads_by_version"));
  }
}
