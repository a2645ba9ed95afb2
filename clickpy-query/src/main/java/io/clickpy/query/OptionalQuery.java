package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import java.util.Optional;

/**
 * A question that one row answers, or none.
 *
 * @param <R> what the answer is
 */
public interface OptionalQuery<R> extends StatsQuery<R> {

  /**
   * Asks, and waits for the answer.
   *
   * @return the answer; empty if nothing was downloaded
   * @throws ClickPyException if the answer could not be had
   */
  default Optional<R> fetch(ClickPy clickpy) {
    return toQuery().fetch(clickpy).stream().findFirst();
  }
}
