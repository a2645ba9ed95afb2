package io.clickpy.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What a run of an {@link IncrementalSync} did.
 *
 * @param loaded what was loaded, oldest first; empty if nothing was new
 * @param changed days that have other rows in BigQuery by now than were loaded; empty in most runs,
 *     because days are compared only when a new one has begun
 */
public record SyncReport(List<Window> loaded, List<ChangedDay> changed) {
  /** Copies the lists. */
  public SyncReport {
    loaded = List.copyOf(loaded);
    changed = List.copyOf(changed);
  }

  /** Returns how many rows were read. */
  public long rows() {
    return loaded.stream().mapToLong(Window::rows).sum();
  }

  /**
   * Some hours of one day, in UTC.
   *
   * @param from the first moment
   * @param until the first moment behind
   * @param rows rows that the export had
   */
  public record Window(Instant from, Instant until, long rows) {
    /** Checks that nothing is missing. */
    public Window {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(until, "until");
    }
  }

  /**
   * A day that got rows after it was loaded, or lost some.
   *
   * @param day the day in UTC
   * @param rowsLoaded rows that its exports had
   * @param rowsNow rows that BigQuery has now
   */
  public record ChangedDay(LocalDate day, long rowsLoaded, long rowsNow) {
    /** Checks that nothing is missing. */
    public ChangedDay {
      Objects.requireNonNull(day, "day");
    }
  }
}
