package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Query;
import java.net.URI;
import java.util.Map;

/**
 * A question of {@link PypiStats}: refine it, look at its SQL, ask it.
 *
 * <p>Implementations are immutable and thread-safe: every refinement returns a new question, which
 * can be kept, shared and asked any number of times. Questions of one class with the same SQL and
 * the same values have the same rows.
 *
 * <p>Not to be implemented outside this library, nor are the types below it: they may get more
 * methods.
 *
 * @param <R> what one row of the answer is
 */
public interface StatsQuery<R> {

  /**
   * Returns which table is read, and why not another.
   *
   * @throws NoCoveringRollupException if no rollup can answer, and no raw scan is allowed
   */
  Plan plan();

  /**
   * Returns the question as SQL with bound parameters.
   *
   * @throws NoCoveringRollupException if no rollup can answer, and no raw scan is allowed
   */
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
   * Returns a link that opens this question in ClickHouse's play page, as {@link
   * Query#playgroundUrl(URI)}.
   *
   * <pre>{@code
   * URI base = URI.create("https://sql.example/play?user=play&database=pypi");
   * URI link = PypiStats.topVersions("openai").playgroundUrl(base);
   * }</pre>
   *
   * @param base the page, or a server whose page is at {@code /play}
   * @throws IllegalArgumentException if the base is no http or https URI, or has a fragment
   */
  default URI playgroundUrl(URI base) {
    return toQuery().playgroundUrl(base);
  }

  /**
   * Asks, and tells how the server came to the answer instead of giving it.
   *
   * <pre>{@code
   * System.out.println(PypiStats.topVersions("pandas").lastDays(30).explain(clickpy));
   * }</pre>
   *
   * @throws ClickPyException if the answer could not be had
   */
  default Explanation explain(ClickPy clickpy) {
    return Explanation.of(plan(), toQuery(), clickpy);
  }
}
