package io.clickpy.ingest;

/**
 * How far a {@link DownloadWriter} has come.
 *
 * @param accepted downloads that were given to it
 * @param written downloads of those that are in the tables
 * @param batches batches in the tables
 */
public record WriterProgress(long accepted, long written, long batches) {
  /** Returns how many downloads are accepted and not known to be in the tables. */
  public long pending() {
    return accepted - written;
  }
}
