package io.clickpy.core;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a call again while that can help. */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private Retries() {}

  /**
   * Makes the call as often as the policy allows.
   *
   * <p>A server that restarts leaves a pool full of connections that are dead, which is seen when
   * they are used. Such an attempt is followed by the next at once, and does not count.
   *
   * @param connections how many may be dead
   * @param beforeRepeat what to do about a failure before the next attempt
   */
  static <T> T call(
      RetryPolicy policy,
      int connections,
      Supplier<T> attempt,
      Consumer<ClickPyException> beforeRepeat) {
    int attempts = 1;
    int dead = 0;
    while (true) {
      try {
        return attempt.get();
      } catch (ClickPyException e) {
        if (!e.isRetryable() || attempts >= policy.maxAttempts()) {
          throw e;
        }
        if (dead < connections && wasDead(e)) {
          dead++;
        } else {
          Duration delay = policy.delayAfter(attempts);
          LOG.debug("Attempt {} failed ({}); the next in {}", attempts, e.code(), delay);
          sleep(delay, e);
          attempts++;
        }
        beforeRepeat.accept(e);
      }
    }
  }

  /** Tells whether the connection was closed before there was any answer. */
  private static boolean wasDead(ClickPyException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoHttpResponseException) {
        return true;
      }
    }
    return false;
  }

  private static void sleep(Duration delay, ClickPyException reason) {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }
}
