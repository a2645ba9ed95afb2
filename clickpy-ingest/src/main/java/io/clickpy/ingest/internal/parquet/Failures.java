package io.clickpy.ingest.internal.parquet;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.FileChangedException;

/** The ways to fail that several steps of a load share. */
public final class Failures {
  private Failures() {}

  /**
   * A file that cannot be read, whatever its source throws; an interrupt shows itself like that,
   * too.
   */
  public static ClickPyException unreadable(Exception e) {
    if (e instanceof ClickPyException ours) {
      return ours;
    }
    if (Thread.currentThread().isInterrupted()) {
      return interrupted(e);
    }
    if (e instanceof FileChangedException) {
      return new ClickPyException(
          ErrorCode.INVALID_DATA,
          "It has changed since it was listed. Load again, once nobody writes to it.",
          e,
          true,
          null);
    }
    return new ClickPyException(
        ErrorCode.INVALID_DATA, "It cannot be read (%s).".formatted(reason(e)), e);
  }

  /** Stops a load whose thread is interrupted. */
  public static void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(new InterruptedException());
    }
  }

  private static ClickPyException interrupted(Exception cause) {
    return new ClickPyException(
        ErrorCode.CANCELLED, "The load was interrupted before this file was published.", cause);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    String type = e.getClass().getSimpleName();
    return message == null || message.isBlank() ? type : type + ": " + message;
  }
}
