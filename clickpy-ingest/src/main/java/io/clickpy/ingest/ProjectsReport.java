package io.clickpy.ingest;

import java.time.Duration;
import java.util.Objects;

/**
 * What a refresh of {@code projects} did.
 *
 * @param files files that were read
 * @param rows rows now: files on PyPI
 * @param projects projects now
 * @param rowsBefore rows before
 * @param elapsed how long it took
 */
public record ProjectsReport(
    int files, long rows, long projects, long rowsBefore, Duration elapsed) {
  /** Checks that nothing is missing. */
  public ProjectsReport {
    Objects.requireNonNull(elapsed, "elapsed");
  }
}
