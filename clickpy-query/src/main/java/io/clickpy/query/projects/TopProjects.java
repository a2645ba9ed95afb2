package io.clickpy.query.projects;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.ListQuery;
import io.clickpy.query.PeriodQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.ProjectDownloads;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Order;
import io.clickpy.query.internal.RollupSelect;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.List;
import java.util.Set;

/**
 * The most downloaded projects, most downloaded first; equals by their name.
 *
 * <p>Immutable and thread-safe.
 */
public final class TopProjects extends PeriodQuery<ProjectDownloads, TopProjects>
    implements ListQuery<ProjectDownloads> {
  private static final int DEFAULT_TOP = 10;

  private final int top;

  private TopProjects(Scope scope, int top) {
    super(scope);
    this.top = top;
  }

  /** Returns the question for all time; refine it. */
  public static TopProjects query() {
    return new TopProjects(Scope.ofEverything(), DEFAULT_TOP);
  }

  /**
   * Returns this question with another number of projects; by default 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public TopProjects top(int count) {
    return new TopProjects(scope(), Limits.check("projects", count));
  }

  @Override
  protected TopProjects with(Scope changed) {
    return new TopProjects(changed, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<ProjectDownloads> render(Plan plan) {
    return RollupSelect.of(scope().schema(), measure())
        .where(scope().conditions())
        .groupBy(List.of(Dimension.PROJECT))
        .orderBy(new Order.MostDownloads())
        .limit("projects", top)
        .toQuery(
            plan.table(),
            row ->
                new ProjectDownloads(
                    row.string(Dimension.PROJECT.column()), row.longValue(Source.DOWNLOADS)));
  }
}
