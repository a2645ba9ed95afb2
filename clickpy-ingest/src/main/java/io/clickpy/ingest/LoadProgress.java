package io.clickpy.ingest;

import java.time.Duration;
import java.util.Objects;

/**
 * How far a load has come.
 *
 * <p>Bytes are those of the files, so that their total is known from the start; rows are known only
 * of files already opened, so they have none.
 *
 * @param filesDone files loaded, skipped or failed
 * @param filesTotal files of the load
 * @param rowsRead rows in the files loaded so far
 * @param bytesDone bytes of the files done, and of the one under way as far as it is done
 * @param bytesTotal bytes of all files of the load
 * @param elapsed time since the load began
 */
public record LoadProgress(
    int filesDone,
    int filesTotal,
    long rowsRead,
    long bytesDone,
    long bytesTotal,
    Duration elapsed) {
  /** Checks that nothing is missing. */
  public LoadProgress {
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /** Returns how much of the work is done, from 0 to 1. */
  public double fraction() {
    return bytesTotal == 0 ? 1 : (double) bytesDone / bytesTotal;
  }
}
