package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.QueryException;
import java.util.Set;

/** Tells the server's errors about a file from those about itself. */
final class ServerErrors {
  /** What the server says of itself, not of the file. */
  private static final Set<ErrorCode> NOT_THE_FILE =
      Set.of(
          ErrorCode.AUTHENTICATION,
          ErrorCode.ACCESS_DENIED,
          ErrorCode.NOT_FOUND,
          ErrorCode.LIMIT_EXCEEDED,
          ErrorCode.TIMEOUT,
          ErrorCode.CANCELLED,
          ErrorCode.OVERLOADED);

  private ServerErrors() {}

  /**
   * Runs an insert of a file's rows.
   *
   * @throws ClickPyException what the insert throws; as the file's own fault where it is
   */
  static void ofFile(Runnable insert) {
    try {
      insert.run();
    } catch (QueryException e) {
      if (NOT_THE_FILE.contains(e.code()) || e.isRetryable()) {
        throw e;
      }
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "The server cannot read it (%s).".formatted(e.getMessage()),
          e,
          false,
          e.queryId().orElse(null));
    }
  }
}
