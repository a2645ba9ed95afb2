package io.clickpy.query.projects;

import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.ListQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.PlannedQuery;
import io.clickpy.query.ProjectDownloads;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.Set;

/**
 * The projects whose names begin with a text: the one of exactly that name first, then the most
 * downloaded; equals by their name. Names are compared as PEP 503 says, and no character has a
 * special meaning. Everything begins with an empty text.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProjectSearch extends PlannedQuery<ProjectDownloads, ProjectSearch>
    implements ListQuery<ProjectDownloads> {
  private static final int DEFAULT_LIMIT = 10;

  private final Condition.Prefix prefix;
  private final int limit;

  private ProjectSearch(Scope scope, Condition.Prefix prefix, int limit) {
    super(scope);
    this.prefix = prefix;
    this.limit = limit;
  }

  /**
   * Returns the question.
   *
   * @param text how the names begin, in any spelling; spaces around it are left out
   */
  public static ProjectSearch of(String text) {
    String normal = ProjectName.of(text.strip()).value();
    Condition.Prefix prefix = new Condition.Prefix(Dimension.PROJECT, normal);
    return new ProjectSearch(Scope.ofEverything().where(prefix), prefix, DEFAULT_LIMIT);
  }

  /**
   * Returns this question with another number of projects; by default 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public ProjectSearch limit(int count) {
    return new ProjectSearch(scope(), prefix, Limits.check("projects", count));
  }

  @Override
  protected ProjectSearch with(Scope changed) {
    return new ProjectSearch(changed, prefix, limit);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<ProjectDownloads> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String sql =
        String.join(
            "\n",
            "SELECT project, " + source.measure(measure()),
            source.text(),
            "GROUP BY project",
            Source.HAVING_SOME,
            "ORDER BY project = %s DESC, downloads DESC, project"
                .formatted(rendering.bind("project", "String", prefix.prefix())),
            "LIMIT " + rendering.bind("limit", "UInt32", limit));
    return rendering.bindTo(
        Query.of(
                sql,
                row -> new ProjectDownloads(row.string("project"), row.longValue(Source.DOWNLOADS)))
            .readingFrom(plan.table().name()));
  }
}
