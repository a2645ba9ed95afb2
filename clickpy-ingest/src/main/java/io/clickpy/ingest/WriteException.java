package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;
import java.util.List;

/**
 * A {@link DownloadWriter} has given up. Code and cause are those of the first failure.
 *
 * <p>Nothing is lost: {@link #unwritten()} has every download that was accepted and is not known to
 * be in the tables.
 */
public final class WriteException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  private final transient List<UnwrittenBatch> unwritten;

  WriteException(ClickPyException cause, List<UnwrittenBatch> unwritten) {
    super(
        cause.code(),
        "Cannot write %s downloads (%s). They are in unwritten(): write them again under their ids."
            .formatted(
                unwritten.stream().mapToLong(UnwrittenBatch::size).sum(), cause.getMessage()),
        cause,
        cause.isRetryable(),
        cause.queryId().orElse(null));
    this.unwritten = List.copyOf(unwritten);
  }

  /** Returns the batches that were not written, or of which that is unknown. */
  public List<UnwrittenBatch> unwritten() {
    return unwritten;
  }
}
