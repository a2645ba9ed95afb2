package io.clickpy.core;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and after how long, a call is made again when it failed for a passing reason.
 *
 * <p>Reads are repeated freely; a write is repeated only if it says that a repeat is harmless, or
 * if it never reached the server. The pause doubles from {@code firstDelay} up to {@code maxDelay}
 * and is then drawn at random below that, so that many clients do not return at once. Attempts on
 * connections that the server has closed while they were idle, as a restart does, do not count.
 *
 * @param maxAttempts how often a call is made in all; 1 means never again
 * @param firstDelay the longest pause before the second attempt
 * @param maxDelay the longest pause before any attempt
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {

  /** Checks the ranges. */
  public RetryPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("Invalid maxAttempts: " + maxAttempts + " (must be > 0)");
    }
    if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "Invalid delays: %s to %s (must be 0 <= firstDelay <= maxDelay)"
              .formatted(firstDelay, maxDelay));
    }
  }

  /** Returns the default: four attempts, pauses of at most 100 ms, 200 ms and 400 ms. */
  public static RetryPolicy ofDefaults() {
    return new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(5));
  }

  /** Returns a policy that never repeats a call. */
  public static RetryPolicy none() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
  }

  /**
   * Draws the pause after a failed attempt.
   *
   * @param failedAttempts how many attempts have failed by now, at least 1
   */
  public Duration delayAfter(int failedAttempts) {
    int doublings = Math.min(failedAttempts - 1, 30);
    long limit = Math.min(firstDelay.toMillis() << doublings, maxDelay.toMillis());
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1));
  }
}
