package io.clickpy.ingest.source;

import io.clickpy.core.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Counts the failures of one piece of work, and waits after each until it may be tried again. */
final class Attempts {
  private final RetryPolicy policy;
  private int failed;

  Attempts(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * Waits, if the failure may pass.
   *
   * @throws IOException the failure itself, if it will not pass or has come too often
   */
  void waitAfter(IOException failure) throws IOException {
    failed++;
    if (failure instanceof InterruptedIOException
        || !HttpFailure.mayPass(failure)
        || failed >= policy.maxAttempts()) {
      throw failure;
    }
    pause(longer(policy.delayAfter(failed), HttpFailure.pause(failure)));
  }

  private Duration longer(Duration own, Duration asked) {
    Duration heeded = asked.compareTo(policy.maxDelay()) < 0 ? asked : policy.maxDelay();
    return own.compareTo(heeded) < 0 ? heeded : own;
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two tries");
    }
  }
}
