package io.clickpy.core;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a call again while that can help. */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private Retries() {}

  /**
   * Makes the call as often as the policy allows.
   *
   * @param beforeRepeat what to do about a failure before the next attempt
   */
  static <T> T call(
      RetryPolicy policy, Supplier<T> attempt, Consumer<ClickPyException> beforeRepeat) {
    for (int attempts = 1; ; attempts++) {
      try {
        return attempt.get();
      } catch (ClickPyException e) {
        if (!e.isRetryable() || attempts >= policy.maxAttempts()) {
          throw e;
        }
        Duration delay = policy.delayAfter(attempts);
        LOG.debug("Attempt {} failed ({}); the next in {}", attempts, e.code(), delay);
        sleep(delay, e);
        beforeRepeat.accept(e);
      }
    }
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
