package io.clickpy.core;

import org.jspecify.annotations.Nullable;

/** The server could not be reached, or the connection broke before the answer was complete. */
public class ConnectionException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  /**
   * A broken or refused connection; a repeat may help.
   *
   * @param message the endpoint, the reason and the way out
   * @param cause what led to it
   * @param queryId the id of the query that was under way, or null
   */
  public ConnectionException(String message, Throwable cause, @Nullable String queryId) {
    super(ErrorCode.CONNECTION, message, cause, true, queryId);
  }
}
