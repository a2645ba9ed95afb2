package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.internal.Scope;
import java.util.Objects;
import java.util.Set;

/**
 * A question about downloads that the planner finds the table for: the rollup that reads least.
 *
 * <p>Immutable and thread-safe: every refinement returns a new question. Some combinations of
 * filters, as an installer and a system, no rollup can tell: asking then throws {@link
 * NoCoveringRollupException}, which says which they are, unless {@link #allowRawScan(QueryLimits)}
 * was called. The raw table is never read without that.
 *
 * @param <R> what one row of the answer is
 * @param <Q> the question itself
 */
@CheckReturnValue
public abstract class PlannedQuery<R, Q extends PlannedQuery<R, Q>> implements StatsQuery<R> {
  private final Scope scope;

  /** For the questions of this library. */
  protected PlannedQuery(Scope scope) {
    this.scope = Objects.requireNonNull(scope, "scope");
  }

  /**
   * Returns this question for other tables than {@link PypiSchema#ofDefaults()}: those with a
   * prefix, or those of ClickPy's own service.
   */
  public final Q schema(PypiSchema schema) {
    return with(scope.withSchema(schema));
  }

  /**
   * Returns this question planned for tables of these sizes, instead of {@link
   * TableStatistics#ofDefaults()}.
   */
  public final Q planFor(TableStatistics statistics) {
    return with(scope.withStatistics(statistics));
  }

  /**
   * Returns this question allowed to read the raw table, one row for each download, where no rollup
   * can answer. Where one can, nothing changes.
   *
   * @param budget what the scan may cost; if it would cost more, asking fails
   */
  public final Q allowRawScan(QueryLimits budget) {
    return with(scope.withRawBudget(budget));
  }

  @Override
  public final Plan plan() {
    return scope.plan(measure(), groups());
  }

  @Override
  public final Query<R> toQuery() {
    Plan plan = plan();
    return scope.limited(plan, render(plan));
  }

  /** Returns which downloads the question is about. */
  protected final Scope scope() {
    return scope;
  }

  /** Returns this question about other downloads. */
  protected abstract Q with(Scope changed);

  /** Returns what the table must tell downloads apart by, beside the filters. */
  protected abstract Set<Dimension> groups();

  /** Returns what is asked about the downloads. */
  protected Measure measure() {
    return Measure.COUNT;
  }

  /** Returns the question as SQL over the table of the plan. */
  protected abstract Query<R> render(Plan plan);
}
