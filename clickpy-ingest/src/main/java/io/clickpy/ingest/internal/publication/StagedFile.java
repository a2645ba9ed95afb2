package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.RejectReason;
import java.time.Duration;
import java.util.Map;

/**
 * A file whose rows are staged.
 *
 * @param unit the file
 * @param rowsRead rows in the file
 * @param rejected how many of them are not among the staged ones, by reason
 */
public record StagedFile(LoadUnit unit, long rowsRead, Map<RejectReason, Long> rejected) {
  /** Copies the map. */
  public StagedFile {
    rejected = Map.copyOf(rejected);
  }

  /** Returns how many rows are not among the staged ones. */
  public long rowsRejected() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns what has become of the file when it is published. */
  public FileResult loaded(Duration elapsed) {
    return new FileResult.Loaded(unit.uri(), unit.bytes(), rowsRead, rejected, elapsed);
  }
}
