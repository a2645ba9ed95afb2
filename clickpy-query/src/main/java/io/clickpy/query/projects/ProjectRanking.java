package io.clickpy.query.projects;

import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.OptionalQuery;
import io.clickpy.query.PeriodQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Set;

/**
 * Where a project stands among all projects, by its downloads; empty if it has none. The filters
 * hold for all of them.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProjectRanking extends PeriodQuery<ProjectRank, ProjectRanking>
    implements OptionalQuery<ProjectRank> {
  private final ProjectName project;

  private ProjectRanking(Scope scope, ProjectName project) {
    super(scope);
    this.project = project;
  }

  /** Returns the question for all time; refine it. */
  public static ProjectRanking of(ProjectName project) {
    return new ProjectRanking(Scope.ofEverything(), project);
  }

  @Override
  protected ProjectRanking with(Scope changed) {
    return new ProjectRanking(changed, project);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<ProjectRank> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Condition itself = new Condition.Equal(Dimension.PROJECT, project.value());
    Source own = Source.of(plan.table(), scope().where(itself).conditions(), rendering);
    Source all = Source.of(plan.table(), scope().conditions(), rendering);
    String sql =
        SqlText.with(
            List.of(
                SqlText.subquery("own", "SELECT " + own.measure(measure()), own.text()),
                all.perProject("totals")),
            SqlText.select(
                List.of(
                    "(SELECT downloads FROM own) AS own_downloads",
                    "countIf(downloads > own_downloads) + 1 AS rank",
                    "count() AS projects")),
            "FROM totals",
            "HAVING own_downloads > 0");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new ProjectRank(
                        project.value(),
                        row.longValue("own_downloads"),
                        row.longValue("rank"),
                        row.longValue("projects")))
            .readingFrom(plan.table().name()));
  }
}
