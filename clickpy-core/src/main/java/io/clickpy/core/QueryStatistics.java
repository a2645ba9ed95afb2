package io.clickpy.core;

import java.time.Duration;
import java.util.Objects;

/**
 * What the server counted while it ran one query or command.
 *
 * @param queryId the id under which the server knows it
 * @param rowsRead rows read from tables
 * @param bytesRead uncompressed bytes read from tables
 * @param rowsWritten rows written, in every table that the write reached; the server also counts
 *     rows that it then dropped as duplicates, so this is no proof of what a table holds
 * @param elapsed time on the server
 */
public record QueryStatistics(
    String queryId, long rowsRead, long bytesRead, long rowsWritten, Duration elapsed) {

  /** Checks that nothing is missing. */
  public QueryStatistics {
    Objects.requireNonNull(queryId, "queryId");
    Objects.requireNonNull(elapsed, "elapsed");
  }
}
