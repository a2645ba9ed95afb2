package io.clickpy.query.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The answers, bounded by their rows. What fails is not kept. Thread-safe. */
final class KeptAnswers {
  private final AsyncCache<QuestionKey, Object> answers;

  KeptAnswers(long maxRows) {
    answers =
        Caffeine.newBuilder()
            .maximumWeight(maxRows)
            .weigher((QuestionKey key, Object answer) -> rows(answer))
            .recordStats()
            .buildAsync();
  }

  private static int rows(Object answer) {
    return answer instanceof Collection<?> rows ? Math.max(1, rows.size()) : 1;
  }

  /** A query that failed; a value, because Caffeine would log an exception. */
  private record Failure(Throwable error) {}

  /**
   * Returns the answer that is kept, or waits for the one that is on its way; else asks.
   *
   * @param ask called in this thread, if at all
   */
  @SuppressWarnings("unchecked") // A key names the question's class, which says what answers it.
  <A> A get(QuestionKey key, Supplier<CompletableFuture<A>> ask) throws InterruptedException {
    CompletableFuture<Object> future =
        answers.get(
            key,
            (unused, executor) ->
                ask.get().handle((answer, error) -> error == null ? answer : new Failure(error)));
    Object answer;
    try {
      answer = future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // A failure is a value.
    }
    if (answer instanceof Failure failure) {
      answers.asMap().remove(key, future);
      throw thrown(failure.error());
    }
    return (A) answer;
  }

  private static RuntimeException thrown(Throwable error) {
    if (error instanceof RuntimeException known) {
      return known;
    }
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return new IllegalStateException(error); // No query throws a checked exception.
  }

  void clear() {
    answers.synchronous().invalidateAll();
  }

  QueryCacheStatistics statistics() {
    CacheStats stats = answers.synchronous().stats();
    return new QueryCacheStatistics(
        stats.hitCount(), stats.missCount(), answers.synchronous().estimatedSize());
  }
}
