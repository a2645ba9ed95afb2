package io.clickpy.ingest.internal.parquet;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;

/**
 * The source does not give a file's bytes. That is neither the server's fault nor, for certain,
 * that of the file: the next load tries again.
 */
public final class UnreadableException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  /** With a reason of ours. */
  public UnreadableException(String message, Exception cause) {
    super(ErrorCode.INVALID_DATA, message, cause);
  }

  /** What a source says about it in our own words. */
  public UnreadableException(ClickPyException cause) {
    super(
        cause.code(),
        String.valueOf(cause.getMessage()),
        cause,
        cause.isRetryable(),
        cause.queryId().orElse(null));
  }
}
