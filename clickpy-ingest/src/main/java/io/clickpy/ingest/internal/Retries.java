package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.RetryPolicy;
import io.clickpy.ingest.internal.parquet.UnreadableException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a step of a load again if it failed for a reason that may pass. A step leaves nothing behind
 * when it fails, or goes on where it stopped.
 */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Set<ErrorCode> PASSING =
      Set.of(ErrorCode.CONNECTION, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.OVERLOADED);

  private final RetryPolicy policy;

  /** As many tries as a connection's policy allows, with longer pauses: a step is a long one. */
  Retries(RetryPolicy connection) {
    this.policy = new RetryPolicy(connection.maxAttempts(), FIRST, LONGEST);
  }

  /**
   * Runs a step.
   *
   * @throws ClickPyException what it threw at last
   */
  <T> T run(Supplier<T> step) {
    return run(step, () -> {});
  }

  /**
   * Runs a step that may leave something behind.
   *
   * @param tidyUp takes that away before the next try
   * @throws ClickPyException what it threw at last
   */
  <T> T run(Supplier<T> step, Runnable tidyUp) {
    for (int attempt = 1; ; attempt++) {
      try {
        return step.get();
      } catch (ClickPyException e) {
        if (attempt >= policy.maxAttempts() || !mayPass(e)) {
          throw e;
        }
        LOG.info("Trying again what failed: {}", e.getMessage());
        sleep(policy.delayAfter(attempt), e);
        tidyUp.run();
      }
    }
  }

  private static boolean mayPass(ClickPyException e) {
    return e instanceof Staging.WrongCountException
        || (PASSING.contains(e.code()) && !(e instanceof UnreadableException));
  }

  private static void sleep(Duration pause, ClickPyException reason) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }
}
