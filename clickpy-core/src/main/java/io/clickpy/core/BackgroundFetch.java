package io.clickpy.core;

import io.clickpy.core.internal.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fetch in another thread; completing it early, as by cancelling, stops the query. */
final class BackgroundFetch<R> extends CompletableFuture<QueryResult<R>> {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundFetch.class);
  private static final long KILL_INTERVAL_MILLIS = 50;

  private final ClickPy clickpy;
  private final Query<R> query;
  private final ExecutorService executor;
  private volatile @Nullable String running;

  private BackgroundFetch(ClickPy clickpy, Query<R> query, ExecutorService executor) {
    this.clickpy = clickpy;
    this.query = query;
    this.executor = executor;
  }

  static <R> BackgroundFetch<R> start(ClickPy clickpy, Query<R> query, ExecutorService executor) {
    BackgroundFetch<R> fetch = new BackgroundFetch<>(clickpy, query, executor);
    CompletableFuture<?> unused = fetch.whenComplete((result, error) -> fetch.stopWhatStillRuns());
    try {
      executor.execute(fetch::run);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("Cannot use " + clickpy + ": it is closed", e);
    }
    return fetch;
  }

  private void run() {
    QueryResult<R> result;
    try {
      result = clickpy.retrying(this::attempt);
    } catch (Throwable e) { // Whoever waits must hear of every failure, errors included.
      running = null;
      completeExceptionally(e);
      return;
    }
    running = null;
    complete(result);
  }

  private QueryResult<R> attempt() {
    String queryId = Transport.newQueryId();
    running = queryId;
    if (isDone()) {
      throw new ClickPyException(ErrorCode.CANCELLED, "Given up before it was sent.");
    }
    return clickpy.fetchOnce(query, queryId);
  }

  /** Cancelled, timed out or completed by somebody else: nobody waits for the answer any more. */
  private void stopWhatStillRuns() {
    if (running == null) {
      return;
    }
    try {
      executor.execute(this::kill);
    } catch (RejectedExecutionException closed) {
      LOG.debug("A cancelled query ends with its connection, which is closed");
    }
  }

  /** Kills until the fetching thread is back: the first kill may come before the query does. */
  private void kill() {
    try {
      for (String queryId = running; queryId != null; queryId = running) {
        clickpy.cancel(queryId);
        Thread.sleep(KILL_INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClickPyException | IllegalStateException e) {
      LOG.warn("Cannot stop a cancelled query on the server: {}", e.getMessage());
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
