package io.clickpy.query;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many cases of one test, several at once. */
public final class Cases {
  private static final int THREADS = 4;

  private Cases() {}

  /**
   * Runs each case.
   *
   * @param count how many
   * @param one is told the number of a case, from 0; what it throws fails the test
   */
  public static void run(int count, IntConsumer one) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<? extends Future<?>> cases =
          IntStream.range(0, count)
              .mapToObj(number -> threads.submit(() -> one.accept(number)))
              .toList();
      for (Future<?> running : cases) {
        running.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
