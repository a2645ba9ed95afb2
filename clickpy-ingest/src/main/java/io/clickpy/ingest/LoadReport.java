package io.clickpy.ingest;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of a load: each file, and the sums.
 *
 * <p>Immutable.
 *
 * @param files each file, in the order of the load
 * @param elapsed how long the load took
 */
public record LoadReport(List<FileResult> files, Duration elapsed) {
  /** Copies the list. */
  public LoadReport {
    files = List.copyOf(files);
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /** Returns the files that this load brought in. */
  public List<FileResult.Loaded> loaded() {
    return only(FileResult.Loaded.class);
  }

  /** Returns the files that were loaded before. */
  public List<FileResult.Skipped> skipped() {
    return only(FileResult.Skipped.class);
  }

  /** Returns the files that failed, each with its reason. */
  public List<FileResult.Failed> failed() {
    return only(FileResult.Failed.class);
  }

  /** Returns the rows in the files loaded. */
  public long rowsRead() {
    return loaded().stream().mapToLong(FileResult.Loaded::rowsRead).sum();
  }

  /** Returns the rows that this load brought into the raw table. */
  public long rowsLoaded() {
    return loaded().stream().mapToLong(FileResult.Loaded::rowsLoaded).sum();
  }

  /** Returns the rows of the files loaded that were rejected; see {@link #rejected()}. */
  public long rowsRejected() {
    return loaded().stream().mapToLong(FileResult.Loaded::rowsRejected).sum();
  }

  /** Returns how many rows were rejected, by reason; reasons that did not occur are absent. */
  public Map<RejectReason, Long> rejected() {
    Map<RejectReason, Long> sums = new EnumMap<>(RejectReason.class);
    loaded()
        .forEach(file -> file.rejected().forEach((why, rows) -> sums.merge(why, rows, Long::sum)));
    return Map.copyOf(sums);
  }

  /** Returns the size in bytes of the files loaded. */
  public long bytes() {
    return loaded().stream().mapToLong(FileResult.Loaded::bytes).sum();
  }

  /** Returns rows read per second over the whole load; 0 if it took no time. */
  public double rowsPerSecond() {
    return elapsed.isZero() ? 0 : rowsRead() / (elapsed.toNanos() / 1e9);
  }

  /**
   * Returns this report if no file failed.
   *
   * @throws LoadException naming each file that failed, and why
   */
  public LoadReport throwIfFailed() {
    List<FileResult.Failed> failed = failed();
    if (!failed.isEmpty()) {
      throw new LoadException(failed, files.size());
    }
    return this;
  }

  private <T extends FileResult> List<T> only(Class<T> type) {
    return files.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
