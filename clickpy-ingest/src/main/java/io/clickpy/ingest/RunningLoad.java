package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A load in the background, in a thread of its own that does not keep the program alive.
 *
 * <pre>{@code
 * RunningLoad load = ParquetLoader.into(clickpy).from(ParquetSource.local(Path.of("downloads"))).start();
 * Runtime.getRuntime().addShutdownHook(new Thread(() -> { load.cancel(); load.await(); }));
 * LoadReport report = load.await();
 * }</pre>
 *
 * <p>A program that is told to stop, and cancels its load and waits as this one does, leaves
 * nothing that is only staged. One that just ends, or is killed, leaves what the next load
 * completes or sweeps up, when the {@linkplain ParquetLoader#lease lease} is over.
 *
 * <p>Thread-safe.
 */
public final class RunningLoad {
  private final CompletableFuture<LoadReport> report = new CompletableFuture<>();
  private final Thread thread;

  RunningLoad(ParquetLoader loader) {
    thread = new Thread(() -> run(loader), "clickpy-load");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(ParquetLoader loader) {
    try {
      report.complete(loader.load());
    } catch (RuntimeException | Error e) {
      report.completeExceptionally(e);
    }
  }

  /**
   * Asks the load to stop. What is being published is published to the end, what is being staged is
   * dropped, and the files left over are in the report as failed, with {@link ErrorCode#CANCELLED}.
   * Loading again goes on there. Nothing happens if the load has ended.
   */
  public void cancel() {
    thread.interrupt();
  }

  /** Returns whether the load has ended, in whatever way. */
  public boolean isDone() {
    return report.isDone();
  }

  /**
   * Waits until the load has ended, also if it is cancelled.
   *
   * @return what became of each file
   * @throws ClickPyException as {@link ParquetLoader#load()}; with {@link ErrorCode#CANCELLED} if
   *     this thread is interrupted while it waits: then the load goes on
   */
  public LoadReport await() {
    try {
      return report.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickPyException(
          ErrorCode.CANCELLED, "Interrupted while waiting for a load, which goes on.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ClickPyException ours) {
        throw ours;
      }
      throw new IllegalStateException("The load broke off.", e.getCause());
    }
  }
}
