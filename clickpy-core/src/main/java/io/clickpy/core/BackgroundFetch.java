package io.clickpy.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fetch in another thread; completing it early, as by cancelling, stops the query. */
final class BackgroundFetch<R, A> extends CompletableFuture<A> {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundFetch.class);
  private static final long KILL_INTERVAL_MILLIS = 50;

  private final ClickPy clickpy;
  private final Query<R> query;
  private final Function<? super QueryResult<R>, ? extends A> finish;
  private final ExecutorService executor;
  private volatile @Nullable String running;

  private BackgroundFetch(
      ClickPy clickpy,
      Query<R> query,
      Function<? super QueryResult<R>, ? extends A> finish,
      ExecutorService executor) {
    this.clickpy = clickpy;
    this.query = query;
    this.finish = finish;
    this.executor = executor;
  }

  static <R, A> BackgroundFetch<R, A> start(
      ClickPy clickpy,
      Query<R> query,
      Function<? super QueryResult<R>, ? extends A> finish,
      ExecutorService executor) {
    BackgroundFetch<R, A> fetch = new BackgroundFetch<>(clickpy, query, finish, executor);
    CompletableFuture<?> unused = fetch.whenComplete((result, error) -> fetch.stopWhatStillRuns());
    Call call = clickpy.begin(query);
    return call.watch(
        () -> {
          try {
            executor.execute(() -> fetch.run(call));
          } catch (RejectedExecutionException e) {
            throw new IllegalStateException("Cannot use " + clickpy + ": it is closed", e);
          }
          return fetch;
        });
  }

  private void run(Call call) {
    try {
      QueryResult<R> result = clickpy.fetch(query, call, this::attempt);
      running = null;
      complete(finish.apply(result));
    } catch (Throwable e) { // Whoever waits must hear of every failure, errors included.
      running = null;
      completeExceptionally(e);
    }
  }

  private String attempt(Call call) {
    String queryId = call.nextQueryId();
    running = queryId;
    if (isDone()) {
      throw new ClickPyException(ErrorCode.CANCELLED, "Given up before it was sent.");
    }
    return queryId;
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
