package io.clickpy.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that clickpy throws, apart from {@link IllegalArgumentException}, {@link
 * IllegalStateException} and {@link NullPointerException} for bugs of the caller.
 *
 * <p>A message names the value, the reason and the way out; it never holds a password.
 */
public class ClickPyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final boolean retryable;
  private final @Nullable String queryId;

  /**
   * An error without a query behind it, where a repeat cannot help.
   *
   * @param code what kind of error it is
   * @param message the value, the reason and the way out
   */
  public ClickPyException(ErrorCode code, String message) {
    this(code, message, null, false, null);
  }

  /**
   * An error without a query behind it, where a repeat cannot help.
   *
   * @param code what kind of error it is
   * @param message the value, the reason and the way out
   * @param cause what led to it
   */
  public ClickPyException(ErrorCode code, String message, Throwable cause) {
    this(code, message, cause, false, null);
  }

  /**
   * An error in full.
   *
   * @param code what kind of error it is
   * @param message the value, the reason and the way out
   * @param cause what led to it, or null
   * @param retryable whether the same call may succeed later
   * @param queryId the id under which the server knows the query, or null
   */
  public ClickPyException(
      ErrorCode code,
      String message,
      @Nullable Throwable cause,
      boolean retryable,
      @Nullable String queryId) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.retryable = retryable;
    this.queryId = queryId;
  }

  /** Returns what kind of error this is. */
  public final ErrorCode code() {
    return code;
  }

  /** Returns whether the same call, made again later and unchanged, may succeed. */
  public final boolean isRetryable() {
    return retryable;
  }

  /** Returns the id under which the server knows the query, if one was sent. */
  public final Optional<String> queryId() {
    return Optional.ofNullable(queryId);
  }
}
