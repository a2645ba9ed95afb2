package io.clickpy.query.projects;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.OptionalQuery;
import io.clickpy.query.PeriodQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Set;

/**
 * How often anything was downloaded, and how many projects that was; empty if nothing was.
 *
 * <p>Immutable and thread-safe.
 */
public final class AllDownloads extends PeriodQuery<DownloadTotals, AllDownloads>
    implements OptionalQuery<DownloadTotals> {

  private AllDownloads(Scope scope) {
    super(scope);
  }

  /** Returns the question for all time; refine it. */
  public static AllDownloads query() {
    return new AllDownloads(Scope.ofEverything());
  }

  @Override
  protected AllDownloads with(Scope changed) {
    return new AllDownloads(changed);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<DownloadTotals> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String sql =
        SqlText.with(
            List.of(source.perProject("each")),
            "SELECT sum(each.downloads) AS downloads, count() AS projects",
            "FROM each",
            "HAVING projects > 0");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new DownloadTotals(row.longValue(Source.DOWNLOADS), row.longValue("projects")))
            .readingFrom(plan.table().name()));
  }
}
