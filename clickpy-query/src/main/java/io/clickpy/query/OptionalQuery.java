package io.clickpy.query;

import io.clickpy.core.QueryResult;
import java.util.Optional;

/**
 * A question that one row answers, or none: the answer is empty if nothing was downloaded.
 *
 * <p>Not to be implemented outside this library.
 *
 * @param <R> what the answer is
 */
public interface OptionalQuery<R> extends AnswerQuery<R, Optional<R>> {

  @Override
  default Optional<R> answer(QueryResult<R> rows) {
    return rows.stream().findFirst();
  }
}
