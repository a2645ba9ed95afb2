package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.RejectReason;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file whose rows are staged.
 *
 * @param unit the file
 * @param rowsRead rows in the file
 * @param rejected how many of them are not among the staged ones, by reason
 * @param days the staged ones by their day in UTC
 */
public record StagedFile(
    LoadUnit unit,
    long rowsRead,
    Map<RejectReason, Long> rejected,
    SortedMap<LocalDate, Long> days) {
  /** Copies the maps. */
  public StagedFile {
    rejected = Map.copyOf(rejected);
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
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
