package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.QueryStatistics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a question was answered: its plan, its SQL and what it read.
 *
 * <p>Immutable and thread-safe. Its text is made for people.
 *
 * @param plan which table was read, and why not another
 * @param sql the SQL text
 * @param parameters the values bound to it, by name
 * @param estimatedRows how many rows the server expected to read, by its own estimate
 * @param statistics what the server counted
 */
public record Explanation(
    Plan plan,
    String sql,
    Map<String, Object> parameters,
    long estimatedRows,
    QueryStatistics statistics) {

  /** Copies the parameters. */
  public Explanation {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(statistics, "statistics");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  static Explanation of(Plan plan, Query<?> query, ClickPy clickpy) {
    // Not as a subquery: that is a temporary table, which no read-only user may have.
    Query<Long> estimate =
        Query.of("EXPLAIN ESTIMATE " + query.sql(), row -> row.longValue("rows"));
    for (Map.Entry<String, Object> parameter : query.parameters().entrySet()) {
      estimate = estimate.bind(parameter.getKey(), parameter.getValue());
    }
    return new Explanation(
        plan,
        query.sql(),
        query.parameters(),
        estimate.fetch(clickpy).stream().mapToLong(Long::longValue).sum(),
        query.fetch(clickpy).statistics());
  }

  @Override
  public String toString() {
    return "%s%n%s%n%s%n%d rows estimated by the server, %d read in %s"
        .formatted(
            plan, sql, parameters, estimatedRows, statistics.rowsRead(), statistics.elapsed());
  }
}
