package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import java.util.Optional;

/**
 * How often a project was downloaded in all; empty if it never was.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class TotalDownloads implements OptionalQuery<ProjectDownloads> {
  private final ProjectName project;

  private TotalDownloads(ProjectName project) {
    this.project = project;
  }

  static TotalDownloads of(ProjectName project) {
    return new TotalDownloads(project);
  }

  @Override
  public Query<ProjectDownloads> toQuery() {
    return new RollupSelect(
            RollupSelect.rollup("pypi_downloads"),
            Dimension.PROJECT,
            project,
            new Period.AllTime(),
            RollupSelect.Order.ASCENDING,
            Optional.empty())
        .toQuery(
            row ->
                new ProjectDownloads(
                    row.string(Dimension.PROJECT.column()), row.longValue(RollupSelect.DOWNLOADS)));
  }
}
