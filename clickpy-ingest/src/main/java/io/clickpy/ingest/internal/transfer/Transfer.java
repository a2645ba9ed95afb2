package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPyException;
import io.clickpy.ingest.internal.parquet.BytesRead;

/** A way that the rows of a file take into a table. */
interface Transfer {
  /**
   * Inserts all rows, also those that are no downloads.
   *
   * @param progress hears of the bytes of the file that are done
   * @throws ClickPyException if it fails; rows inserted before stay
   */
  void into(Target target, BytesRead progress);

  /** Returns how many bytes {@code progress} will hear of. */
  long bytes();
}
