package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Query;
import io.clickpy.core.QueryResult;
import java.util.concurrent.CompletableFuture;

/**
 * A question that can be asked: what its SQL gives makes an answer.
 *
 * <p>Not to be implemented outside this library.
 *
 * @param <R> what one row of the SQL is
 * @param <A> what the answer is
 */
public interface AnswerQuery<R, A> extends StatsQuery<R> {

  /**
   * Asks, and waits for the answer.
   *
   * @throws ClickPyException if the answer could not be had
   */
  default A fetch(ClickPy clickpy) {
    return answer(toQuery().fetch(clickpy));
  }

  /**
   * Asks in the background, as {@link Query#fetchAsync(ClickPy)}: cancelling the future stops the
   * query on the server.
   *
   * @return completes with the answer, or with a {@link ClickPyException}
   */
  default CompletableFuture<A> fetchAsync(ClickPy clickpy) {
    return toQuery().fetchAsync(clickpy, this::answer);
  }

  /**
   * Returns the answer that rows make; a pure function.
   *
   * @param rows what {@link #toQuery()} gave, all of it
   */
  A answer(QueryResult<R> rows);
}
