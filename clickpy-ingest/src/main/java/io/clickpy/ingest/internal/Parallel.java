package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A few threads for the many short statements of a load, most of which is waiting. Close it.
 *
 * <p>Thread-safe.
 */
final class Parallel implements AutoCloseable {
  private static final int THREADS = 4;

  private final ExecutorService pool;

  Parallel() {
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "clickpy-load-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs a task for each item, in no order, and waits until all have ended, also if one fails.
   *
   * @throws ClickPyException what one of them threw
   */
  <T> void forEach(List<T> items, Consumer<T> task) {
    CompletableFuture<?>[] all =
        items.stream()
            .map(item -> CompletableFuture.runAsync(() -> task.accept(item), pool))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ClickPyException ours ? ours : e;
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
