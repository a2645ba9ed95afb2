package io.clickpy.core;

import org.jspecify.annotations.Nullable;

/** The server answered a query or a command with an error. */
public class QueryException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  private final int serverCode;

  /**
   * An error of the server.
   *
   * @param code what kind of error it is
   * @param serverCode ClickHouse's own number, as in its table {@code system.errors}; 0 if unknown
   * @param message the server's message and the way out
   * @param cause what led to it, or null
   * @param retryable whether the same call may succeed later
   * @param queryId the id under which the server knows the query, or null
   */
  public QueryException(
      ErrorCode code,
      int serverCode,
      String message,
      @Nullable Throwable cause,
      boolean retryable,
      @Nullable String queryId) {
    super(code, message, cause, retryable, queryId);
    this.serverCode = serverCode;
  }

  /** Returns ClickHouse's own error number, as in its table {@code system.errors}; 0 if unknown. */
  public int serverCode() {
    return serverCode;
  }
}
