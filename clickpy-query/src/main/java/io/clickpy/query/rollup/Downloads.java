package io.clickpy.query.rollup;

/** Downloads of projects, of all time: the rollup {@code pypi_downloads}. */
public final class Downloads extends DownloadsQuery<Downloads> implements ByProject {

  private Downloads(Selection selection) {
    super(selection, Downloads::new);
  }

  /** Returns the question for all its downloads; refine it. */
  public static Downloads query() {
    return new Downloads(Selection.from("pypi_downloads"));
  }
}
