package io.clickpy.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a statement ended; see {@link QueryListener}.
 *
 * @param queryId the id under which the server knows the last attempt
 * @param attempts how often it was tried; 0 if the connection was closed before
 * @param elapsed from the call to its end, with all attempts and the pauses between them; of a
 *     stream, with the time that its reader took
 * @param rows how many rows the program was given; 0 for a write
 * @param statistics what the server counted; empty if it failed, and for a stream, whose answer
 *     begins before the server has counted
 * @param error why it failed, mostly a {@link ClickPyException}; empty if it did not
 */
public record QueryEnd(
    String queryId,
    int attempts,
    Duration elapsed,
    long rows,
    Optional<QueryStatistics> statistics,
    Optional<Throwable> error) {

  /** Checks that nothing is missing. */
  public QueryEnd {
    Objects.requireNonNull(queryId, "queryId");
    Objects.requireNonNull(elapsed, "elapsed");
    Objects.requireNonNull(statistics, "statistics");
    Objects.requireNonNull(error, "error");
  }

  /**
   * Returns what kind of error it was, in few different words: the {@link ErrorCode}, or the class
   * of what the program's own code threw, as a row mapper's; empty if it did not fail.
   */
  public Optional<String> errorType() {
    return error.map(
        thrown ->
            thrown instanceof ClickPyException ours
                ? ours.code().name()
                : thrown.getClass().getName());
  }
}
