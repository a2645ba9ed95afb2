package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.time.Duration;

/** Waiting between two looks at the server, longer each time. For one thread. */
public final class Pause {
  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 500;
  private static final long LONG_NANOS = Duration.ofMinutes(1).toNanos();

  private final long start = System.nanoTime();
  private long millis = FIRST_MILLIS;

  private Pause() {}

  /** Returns one that begins with 10 ms and goes up to 500 ms. */
  public static Pause ofDefaults() {
    return new Pause();
  }

  /** Returns whether all the waiting has taken more than a minute. */
  boolean isLong() {
    return waited().toNanos() > LONG_NANOS;
  }

  /** Returns how long all the waiting has taken. */
  Duration waited() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Waits.
   *
   * @throws ClickPyException if the thread is interrupted
   */
  public void sleep() {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickPyException(
          ErrorCode.CANCELLED, "The load was interrupted while it waited.", e);
    }
    millis = Math.min(2 * millis, LONGEST_MILLIS);
  }
}
