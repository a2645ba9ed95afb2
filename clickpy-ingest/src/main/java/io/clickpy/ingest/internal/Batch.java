package io.clickpy.ingest.internal;

/**
 * Downloads that travel together: one insert, one block, one part in each table.
 *
 * @param id what the tables remember it by
 * @param rows the downloads
 * @param startNanos when it was begun, by {@link System#nanoTime()}
 */
public record Batch(String id, DownloadRows rows, long startNanos) {
  /** Returns an empty batch. */
  public static Batch start(String id) {
    return new Batch(id, new DownloadRows(), System.nanoTime());
  }
}
