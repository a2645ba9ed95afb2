package io.clickpy.query.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.clickpy.core.QueryResult;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Rows of kept, bounded by how many they are. What fails is not kept. Thread-safe. */
final class KeptRows {
  private final AsyncCache<QuestionKey, Object> kept;

  KeptRows(long maxRows) {
    kept =
        Caffeine.newBuilder()
            .maximumWeight(maxRows)
            .weigher((QuestionKey key, Object rows) -> weight(rows))
            .recordStats()
            .buildAsync();
  }

  private static int weight(Object rows) {
    return rows instanceof Collection<?> some ? Math.max(1, some.size()) : 1;
  }

  /** A query that failed; a value, because Caffeine would log an exception. */
  private record Failure(Throwable error) {}

  /**
   * Returns the rows that are kept, or waits for those that are on their way; else asks.
   *
   * @param ask called in this thread, if at all
   */
  @SuppressWarnings("unchecked") // A key names the question's class, which says what its rows are.
  <R> QueryResult<R> get(QuestionKey key, Supplier<CompletableFuture<QueryResult<R>>> ask)
      throws InterruptedException {
    CompletableFuture<Object> future =
        kept.get(
            key,
            (unused, executor) ->
                ask.get().handle((rows, error) -> error == null ? rows : new Failure(error)));
    Object rows;
    try {
      rows = future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // A failure is a value.
    }
    if (rows instanceof Failure failure) {
      kept.asMap().remove(key, future);
      throw thrown(failure.error());
    }
    return (QueryResult<R>) rows;
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
    kept.synchronous().invalidateAll();
  }

  QueryCacheStatistics statistics() {
    CacheStats stats = kept.synchronous().stats();
    return new QueryCacheStatistics(
        stats.hitCount(), stats.missCount(), kept.synchronous().estimatedSize());
  }
}
