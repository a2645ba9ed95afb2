package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;
import io.clickpy.ingest.internal.Newest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener when data stop arriving, and when they arrive again: run it every few minutes,
 * by whatever runs jobs.
 *
 * <pre>{@code
 * ArrivalWatch watch =
 *     Completeness.of(clickpy)
 *         .watch(
 *             Duration.ofHours(36),
 *             silence -> System.err.println("Nothing newer than " + silence.since()));
 * watch.run();
 * }</pre>
 *
 * <p>The age of the newest data counts, not when somebody loaded them: a backfill of old days is no
 * sign of life. The newest data end where {@link IncrementalSync} has last brought rows, if that is
 * on the newest day or later; else with the newest day that has downloads, or now if that is
 * earlier. They have stopped arriving when that is longer ago than allowed. Where nothing has ever
 * arrived, the time counts from when the watch was made.
 *
 * <p>It remembers what it has told, so keep one and run it again and again. Thread-safe.
 */
public final class ArrivalWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivalWatch.class);

  private final Supplier<Optional<Newest>> newest;
  private final Duration staleAfter;
  private final ArrivalListener listener;
  private final Clock clock;
  private final Instant start;
  private Optional<Silence> silence = Optional.empty();

  ArrivalWatch(
      Supplier<Optional<Newest>> newest,
      Duration staleAfter,
      ArrivalListener listener,
      Clock clock) {
    this.newest = newest;
    this.staleAfter = staleAfter;
    this.listener = listener;
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Looks once, and never throws, so that a scheduler goes on. */
  @Override
  public synchronized void run() {
    try {
      look();
    } catch (ClickPyException e) {
      LOG.warn("Cannot tell whether data arrive: {}", e.getMessage());
      tell(() -> listener.onFailed(e));
    } catch (RuntimeException e) {
      LOG.error("The watch over arriving data is broken", e);
    }
  }

  private void look() {
    Instant now = clock.instant();
    Optional<Newest> found = newest.get();
    Instant since = found.map(data -> data.end(now)).orElse(start);
    boolean isSilent = Duration.between(since, now).compareTo(staleAfter) > 0;
    if (isSilent && silence.isEmpty()) {
      Silence begun = new Silence(found.map(Newest::day), since, staleAfter);
      silence = Optional.of(begun);
      LOG.warn("Data have stopped arriving: nothing newer than {}", since);
      tell(() -> listener.onStopped(begun));
    } else if (!isSilent && silence.isPresent()) {
      Silence ended = silence.get();
      silence = Optional.empty();
      LOG.info("Data arrive again");
      tell(() -> listener.onResumed(ended));
    }
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.warn("A listener failed", e);
    }
  }
}
