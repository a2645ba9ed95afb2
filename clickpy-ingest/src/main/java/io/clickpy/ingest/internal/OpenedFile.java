package io.clickpy.ingest.internal;

import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.source.SourceFile;

/**
 * A file of which the footer has been read, and fits.
 *
 * @param task what the load was asked for
 * @param footer what the file's end says about the rest
 * @param mapping where it keeps what a download is made of
 */
record OpenedFile(LoadTask task, ParquetFooter footer, DownloadMapping mapping) {
  /**
   * Reads a file's footer.
   *
   * @throws io.clickpy.core.ClickPyException if the file cannot be read, or does not fit
   */
  static OpenedFile of(LoadTask task) {
    ParquetFooter footer = ParquetFooter.read(task.file());
    return new OpenedFile(task, footer, DownloadMapping.of(footer.columns()));
  }

  SourceFile source() {
    return task.file();
  }

  LoadUnit unit() {
    return task.unit();
  }

  long rows() {
    return footer.rows();
  }
}
