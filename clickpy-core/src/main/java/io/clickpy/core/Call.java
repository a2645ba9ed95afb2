package io.clickpy.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of the program, which may take several attempts, and who hears of its end. */
final class Call {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  private final QueryStart start;
  private final List<Consumer<QueryEnd>> listeners;
  private final long began = System.nanoTime();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile String queryId;

  private Call(QueryStart start, List<Consumer<QueryEnd>> listeners) {
    this.start = start;
    this.listeners = listeners;
    this.queryId = start.queryId();
  }

  /** Begins a call, and tells those who listen. */
  static Call start(List<QueryListener> listeners, QueryStart start) {
    List<Consumer<QueryEnd>> heard =
        listeners.stream().flatMap(listener -> heard(listener, start).stream()).toList();
    return new Call(start, heard);
  }

  private static Optional<Consumer<QueryEnd>> heard(QueryListener listener, QueryStart start) {
    try {
      return Optional.ofNullable(listener.started(start));
    } catch (Throwable e) { // Whatever a listener does must not reach the query.
      LOG.warn("A listener failed at the start of query {}", start.queryId(), e);
      return Optional.empty();
    }
  }

  /** Counts an attempt, and returns the id under which to send it. */
  String nextQueryId() {
    int attempt = attempts.incrementAndGet();
    queryId = attempt == 1 ? start.queryId() : start.queryId() + "-" + attempt;
    return queryId;
  }

  /** Counts an attempt that goes under the same id as any other. */
  String sameQueryId() {
    attempts.incrementAndGet();
    return queryId;
  }

  /** Does the work of the call; if that fails, the call has ended. */
  <T> T watch(Supplier<T> work) {
    try {
      return work.get();
    } catch (Throwable e) { // Errors end the call, too.
      failed(0, e);
      throw e;
    }
  }

  void answered(long rows, QueryStatistics statistics) {
    ended(rows, statistics, null);
  }

  void streamed(long rows) {
    ended(rows, null, null);
  }

  void failed(long rows, Throwable error) {
    ended(rows, null, error);
  }

  private void ended(long rows, @Nullable QueryStatistics statistics, @Nullable Throwable error) {
    if (!ended.compareAndSet(false, true) || listeners.isEmpty()) {
      return;
    }
    QueryEnd end =
        new QueryEnd(
            queryId,
            attempts.get(),
            Duration.ofNanos(System.nanoTime() - began),
            rows,
            Optional.ofNullable(statistics),
            Optional.ofNullable(error));
    for (Consumer<QueryEnd> listener : listeners) {
      try {
        listener.accept(end);
      } catch (Throwable e) { // As at the start.
        LOG.warn("A listener failed at the end of query {}", queryId, e);
      }
    }
  }
}
