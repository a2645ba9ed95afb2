package io.clickpy.core;

import org.jspecify.annotations.Nullable;

/**
 * A write was sent and the connection broke before the server said how it ended: it may have taken
 * effect, it may still be running, or it may never have started.
 *
 * <p>Look at the server before repeating the write. {@link ClickPy#settle(String)} makes sure that
 * it is no longer running.
 */
public class OutcomeUnknownException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  /**
   * A write whose end is unknown.
   *
   * @param message what was written, the reason and the way out
   * @param cause what led to it
   * @param queryId the id under which the server may know the write, or null
   */
  public OutcomeUnknownException(String message, Throwable cause, @Nullable String queryId) {
    super(ErrorCode.OUTCOME_UNKNOWN, message, cause, false, queryId);
  }
}
