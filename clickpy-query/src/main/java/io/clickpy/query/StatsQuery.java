package io.clickpy.query;

import io.clickpy.core.Query;
import java.util.Map;

/**
 * A question of {@link PypiStats}: refine it, look at its SQL, ask it.
 *
 * <p>Implementations are immutable and thread-safe: every refinement returns a new question, which
 * can be kept, shared and asked any number of times.
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
}
