package io.clickpy.ingest.source;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** An answer that is no range of the file asked for. */
final class HttpFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final boolean passing;
  private final String wayOut;
  private final Duration pause;

  private HttpFailure(String reason, boolean passing, String wayOut, Duration pause) {
    super(reason);
    this.passing = passing;
    this.wayOut = wayOut;
    this.pause = pause;
  }

  /** A server that will say the same again. */
  static HttpFailure lasting(String reason, String wayOut) {
    return new HttpFailure(reason, false, wayOut, Duration.ZERO);
  }

  /**
   * An answer without a range.
   *
   * @param pause how long the server asks to be left alone
   */
  static HttpFailure status(int status, Duration pause) {
    String wayOut =
        switch (status) {
          case 401, 403 -> "Check the credentials.";
          case 404, 410 -> "Check the URL.";
          default ->
              PASSING.contains(status) ? "Load again later." : "Ask whoever runs the server.";
        };
    return new HttpFailure("HTTP " + status, PASSING.contains(status), wayOut, pause);
  }

  /** Returns what went wrong, in words. */
  static String reason(IOException e) {
    String message = e.getMessage();
    boolean named = e instanceof HttpFailure || e instanceof FileChangedException;
    if (named && message != null) {
      return message;
    }
    String type = e.getClass().getSimpleName();
    return message == null || message.isBlank() ? type : type + ": " + message;
  }

  /** Tells whether the same request may succeed in a moment. */
  static boolean mayPass(IOException e) {
    return e instanceof HttpFailure failure
        ? failure.passing
        : !(e instanceof FileChangedException);
  }

  /** Returns how long the server asks to be left alone; zero if it does not. */
  static Duration pause(IOException e) {
    return e instanceof HttpFailure failure ? failure.pause : Duration.ZERO;
  }

  static String wayOut(IOException e) {
    return e instanceof HttpFailure failure
        ? failure.wayOut
        : "Check that the server runs and that this machine reaches it.";
  }

  /** Returns the error of a file that could not be read to its end. */
  static ClickPyException unreadable(IOException e) {
    return new ClickPyException(
        ErrorCode.INVALID_DATA,
        "It cannot be read (%s). %s".formatted(reason(e), wayOut(e)),
        e,
        mayPass(e),
        null);
  }
}
