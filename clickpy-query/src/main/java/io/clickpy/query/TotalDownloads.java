package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.RollupSelect;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.List;
import java.util.Set;

/**
 * How often a project was downloaded in all; empty if it never was.
 *
 * <p>Immutable and thread-safe.
 */
public final class TotalDownloads extends ProjectQuery<ProjectDownloads, TotalDownloads>
    implements OptionalQuery<ProjectDownloads> {

  TotalDownloads(Scope scope) {
    super(scope);
  }

  @Override
  protected TotalDownloads with(Scope changed) {
    return new TotalDownloads(changed);
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
        .toQuery(
            plan.table(),
            row ->
                new ProjectDownloads(
                    row.string(Dimension.PROJECT.column()), row.longValue(Source.DOWNLOADS)));
  }
}
