package io.clickpy.query.projects;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.FilteredQuery;
import io.clickpy.query.ListQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Set;

/**
 * The most downloaded of the projects that are new, most downloaded first; equals by their name. A
 * project is new if it was first downloaded within the last 90 days, counted back from the newest
 * day loaded. Where less history is loaded, all projects are new.
 *
 * <p>Immutable and thread-safe. The filters hold for the downloads, not for what is new.
 */
public final class EmergingProjects extends FilteredQuery<EmergingProject, EmergingProjects>
    implements ListQuery<EmergingProject> {
  private static final int DEFAULT_DAYS = 90;
  private static final int DEFAULT_TOP = 10;

  private final int days;
  private final int top;

  private EmergingProjects(Scope scope, int days, int top) {
    super(scope);
    this.days = days;
    this.top = top;
  }

  /** Returns the question; refine it. */
  public static EmergingProjects query() {
    return new EmergingProjects(
        Scope.ofEverything().and(new Condition.Among(Dimension.PROJECT, "emerging")),
        DEFAULT_DAYS,
        DEFAULT_TOP);
  }

  /**
   * Returns this question with another age up to which a project is new; by default 90 days.
   *
   * @param count how many days, the newest included; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public EmergingProjects firstSeenWithin(int count) {
    return new EmergingProjects(scope(), Limits.days(count), top);
  }

  /**
   * Returns this question with another number of projects; by default 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public EmergingProjects top(int count) {
    return new EmergingProjects(scope(), days, Limits.check("projects", count));
  }

  @Override
  protected EmergingProjects with(Scope changed) {
    return new EmergingProjects(changed, days, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<EmergingProject> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    String since =
        "HAVING first_download >= (SELECT %s FROM %s)"
            .formatted(
                new Condition.LastDays(days).firstDay(rendering), rendering.loadedDays().table());
    String perProject = scope().schema().rollup("pypi_downloads_max_min").name();
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String emerging =
        SqlText.subquery(
            "emerging",
            "SELECT project, min(min_date) AS first_download",
            "FROM " + perProject,
            "GROUP BY project",
            since);
    return new MostDownloadedAmong(List.of(emerging), "emerging", "first_download")
        .query(
            source,
            top,
            rendering,
            row ->
                new EmergingProject(
                    row.string(Dimension.PROJECT.column()),
                    row.date("first_download"),
                    row.longValue(Source.DOWNLOADS)));
  }
}
