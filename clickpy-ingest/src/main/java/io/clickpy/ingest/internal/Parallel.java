package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A few threads for the many short statements of a load, most of which is waiting: four, and one
 * that publishes meanwhile. Close it.
 *
 * <p>Thread-safe.
 */
final class Parallel implements AutoCloseable {
  private static final int THREADS = 5;

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
    join(CompletableFuture.allOf(all));
  }

  /** Starts a task, which may use {@link #forEach} itself. No interrupt reaches it. */
  <T> CompletableFuture<T> start(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, pool);
  }

  /**
   * Waits until a task has ended, also if this thread is interrupted.
   *
   * @throws ClickPyException what it threw
   */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException ours ? ours : e;
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
