package io.clickpy.ingest.internal;

import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.internal.transfer.DownloadFile;

/**
 * A file of which the footer has been read, and fits.
 *
 * @param task what the load was asked for
 * @param content what is in it
 */
record OpenedFile(LoadTask task, DownloadFile content) {
  /**
   * Reads a file's footer.
   *
   * @throws io.clickpy.core.ClickPyException if the file cannot be read, or does not fit
   */
  static OpenedFile of(LoadTask task, LoadOptions options) {
    return new OpenedFile(
        task, DownloadFile.open(task.file(), options.columns(), options.filter()));
  }

  LoadUnit unit() {
    return task.unit();
  }

  long rows() {
    return content.rows();
  }
}
