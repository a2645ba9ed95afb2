package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.QueryResult;
import java.util.stream.Stream;

/**
 * A question that any number of rows answer, none if nothing was downloaded. The answer knows what
 * it cost.
 *
 * <p>Not to be implemented outside this library.
 *
 * @param <R> what one row of the answer is
 */
public interface ListQuery<R> extends AnswerQuery<R, QueryResult<R>> {

  /** Asks, and gives the rows as they arrive, as {@link Query#stream(ClickPy)}; close it. */
  default Stream<R> stream(ClickPy clickpy) {
    return toQuery().stream(clickpy);
  }

  @Override
  default QueryResult<R> answer(QueryResult<R> rows) {
    return rows;
  }
}
