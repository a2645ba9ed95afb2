package io.clickpy.query.cache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.AnswerQuery;
import io.clickpy.query.internal.OptionalLibrary;
import java.time.Duration;
import java.util.Objects;

/**
 * Keeps answers until the data changes. Nothing is cached unless it is asked through this.
 *
 * <p>Before it gives an answer that it holds, it asks the server whether the newest day, the number
 * of downloads, or the parts of any table of the schema have changed, merges aside; then everything
 * it holds is forgotten. That check reads a few numbers that the server has at hand, and can be
 * made rarer by {@link Builder#checkEvery(Duration)}. So an answer is never older than the data at
 * the last check. The user must be allowed to read {@code system.parts}. Of distributed tables only
 * the newest day and the number of downloads are seen.
 *
 * <p>It holds as many answers as have a given number of rows together, and forgets the least useful
 * ones. Threads that ask the same at the same time wait for one query. What fails is not kept.
 *
 * <p>Thread-safe. There is nothing to close; the connection belongs to who made it.
 *
 * <pre>{@code
 * import io.clickpy.query.cache.QueryCache;
 *
 * QueryCache cache = QueryCache.builder(clickpy).checkEvery(Duration.ofMinutes(1)).build();
 * List<VersionDownloads> versions = cache.fetch(PypiStats.topVersions("pandas").lastDays(30));
 * }</pre>
 */
public final class QueryCache {
  private final ClickPy clickpy;
  private final VersionCheck check;
  private final KeptRows rows;

  private QueryCache(Builder builder) {
    clickpy = builder.clickpy;
    rows = OptionalLibrary.CAFFEINE.require("cache answers", () -> new KeptRows(builder.maxRows));
    check =
        new VersionCheck(() -> DataVersion.of(clickpy, builder.schema), builder.every, rows::clear);
  }

  /**
   * Returns a cache with the defaults.
   *
   * @throws IllegalStateException if Caffeine is not on the class path
   */
  public static QueryCache of(ClickPy clickpy) {
    return builder(clickpy).build();
  }

  /** Starts from the defaults. */
  public static Builder builder(ClickPy clickpy) {
    return new Builder(clickpy);
  }

  /**
   * Returns the answer to a question, from here if the data has not changed since it was asked.
   *
   * @throws ClickPyException if the answer could not be had
   */
  public <A> A fetch(AnswerQuery<?, A> question) {
    return answer(question);
  }

  private <R, A> A answer(AnswerQuery<R, A> question) {
    QuestionKey key = QuestionKey.of(question, check.version());
    try {
      return question.answer(rows.get(key, () -> question.toQuery().fetchAsync(clickpy)));
    } catch (InterruptedException e) {
      // The query goes on: others may wait for it.
      Thread.currentThread().interrupt();
      throw new ClickPyException(
          ErrorCode.CANCELLED, "The thread was interrupted while it waited.", e);
    }
  }

  /** Forgets all answers. */
  public void clear() {
    rows.clear();
  }

  /** Returns how it has done. */
  public QueryCacheStatistics statistics() {
    return rows.statistics();
  }

  /** Collects settings; not thread-safe. */
  public static final class Builder {
    private static final long DEFAULT_ROWS = 100_000;

    private final ClickPy clickpy;
    private PypiSchema schema = PypiSchema.ofDefaults();
    private long maxRows = DEFAULT_ROWS;
    private Duration every = Duration.ZERO;

    private Builder(ClickPy clickpy) {
      this.clickpy = Objects.requireNonNull(clickpy, "clickpy");
    }

    /** Sets how many rows all answers may have together, at least 1; by default 100,000. */
    @CanIgnoreReturnValue
    public Builder maxRows(long value) {
      if (value < 1) {
        throw new IllegalArgumentException("Invalid maxRows: " + value + " (must be > 0)");
      }
      maxRows = value;
      return this;
    }

    /**
     * Sets how long the data counts as unchanged after a check, not negative; by default zero: the
     * server is asked before each answer.
     */
    @CanIgnoreReturnValue
    public Builder checkEvery(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("Invalid checkEvery: " + value + " (must be >= 0)");
      }
      every = value;
      return this;
    }

    /** Sets whose tables are looked at; by default those of {@link PypiSchema#ofDefaults()}. */
    @CanIgnoreReturnValue
    public Builder schema(PypiSchema value) {
      schema = Objects.requireNonNull(value, "schema");
      return this;
    }

    /**
     * Returns the cache.
     *
     * @throws IllegalStateException if Caffeine is not on the class path
     */
    public QueryCache build() {
      return new QueryCache(this);
    }
  }
}
