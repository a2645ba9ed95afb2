package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Query;
import io.clickpy.core.QueryResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A question of {@link PypiStats}: refine it, look at its SQL, ask it.
 *
 * <p>Implementations are immutable and thread-safe: every refinement returns a new question.
 *
 * @param <R> what one row of the answer is
 */
public interface StatsQuery<R> {

  /** Returns the question as SQL with bound parameters. */
  Query<R> toQuery();

  /** Returns the SQL text; values stand in it as {@code {name:Type}}. */
  default String sql() {
    return toQuery().sql();
  }

  /** Returns the values bound to the SQL's parameters, by name. */
  default Map<String, Object> parameters() {
    return toQuery().parameters();
  }

  /**
   * Asks, and waits for the whole answer.
   *
   * @return the rows, none if nothing was downloaded; with what they cost
   * @throws ClickPyException if the answer could not be had
   */
  default QueryResult<R> fetch(ClickPy clickpy) {
    return toQuery().fetch(clickpy);
  }

  /** Asks in the background, as {@link Query#fetchAsync(ClickPy)}. */
  default CompletableFuture<QueryResult<R>> fetchAsync(ClickPy clickpy) {
    return toQuery().fetchAsync(clickpy);
  }

  /** Asks, and gives the rows as they arrive, as {@link Query#stream(ClickPy)}; close it. */
  default Stream<R> stream(ClickPy clickpy) {
    return toQuery().stream(clickpy);
  }
}
