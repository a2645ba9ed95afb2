package io.clickpy.ingest;

import io.clickpy.core.Download;
import io.clickpy.ingest.internal.DownloadRows;
import java.util.List;

/**
 * Downloads that a {@link DownloadWriter} accepted and gave up on: none, some or all of the tables
 * may have them.
 *
 * <p>They still count once if they are written again under the same id, as long as the tables
 * remember it:
 *
 * <pre>{@code
 * List<UnwrittenBatch> unwritten = List.of(); // Of WriteException.unwritten().
 * try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
 *   for (UnwrittenBatch batch : unwritten) {
 *     writer.write(batch.id(), batch.downloads());
 *   }
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class UnwrittenBatch {
  private final String id;
  private final DownloadRows rows;

  UnwrittenBatch(String id, DownloadRows rows) {
    this.id = id;
    this.rows = rows;
  }

  /** Returns the id under which the tables know the batch, if they have it. */
  public String id() {
    return id;
  }

  /** Returns how many downloads there are. */
  public int size() {
    return rows.rows();
  }

  /** Returns the downloads, in the order in which they were accepted. */
  public List<Download> downloads() {
    return List.copyOf(rows.downloads());
  }

  @Override
  public String toString() {
    return "UnwrittenBatch[" + id + ", " + size() + " downloads]";
  }
}
