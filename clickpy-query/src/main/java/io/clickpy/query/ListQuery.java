package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Query;
import io.clickpy.core.QueryResult;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A question that any number of rows answer.
 *
 * @param <R> what one row of the answer is
 */
public interface ListQuery<R> extends StatsQuery<R> {

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
