package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which kinds of file each installer downloads of a project. The installers with most downloads
 * first, and last all others together, if there are more; of each installer the kind with most
 * downloads first. The counts add up to all downloads asked for.
 *
 * <p>Immutable and thread-safe.
 */
public final class FileTypesByInstaller
    extends ProjectQuery<FileTypeDownloads, FileTypesByInstaller>
    implements ListQuery<FileTypeDownloads> {
  private final int top;

  FileTypesByInstaller(Scope scope) {
    this(scope, Breakdown.DEFAULT_TOP);
  }

  private FileTypesByInstaller(Scope scope, int top) {
    super(scope);
    this.top = top;
  }

  /**
   * Returns this question with another number of installers that are told one by one; by default
   * 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public FileTypesByInstaller top(int count) {
    return new FileTypesByInstaller(scope(), Limits.check("installers", count));
  }

  /** Returns the question how the same installers' kinds of file developed over time. */
  public FileTypesByInstallerOverTime overTime() {
    return new FileTypesByInstallerOverTime(TimeSeries.of(scope()), top);
  }

  @Override
  protected FileTypesByInstaller with(Scope changed) {
    return new FileTypesByInstaller(changed, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.INSTALLER, Dimension.TYPE);
  }

  @Override
  protected Query<FileTypeDownloads> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Breakdown installers = Breakdown.INSTALLER;
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String sql =
        SqlText.with(
            installers.ranked(source, Map.of("type", "type"), top, rendering),
            SqlText.select(
                List.of(
                    "other",
                    Breakdown.category(),
                    installers.label(scope().schema()),
                    Dimension.TYPE.column(),
                    Breakdown.downloads(),
                    "sum(downloads) OVER (PARTITION BY other, category) AS of_installer",
                    "sum(downloads) OVER () AS total")),
            "FROM ranked",
            "GROUP BY other, category, type",
            "ORDER BY other, of_installer DESC, category, downloads DESC, type");
    return rendering.bindTo(
        Query.of(
                sql,
                row -> {
                  long count = row.longValue(Source.DOWNLOADS);
                  return new FileTypeDownloads(
                      Breakdown.category(row),
                      row.string(Dimension.TYPE.column()),
                      count,
                      (double) count / row.longValue("total"));
                })
            .readingFrom(plan.table().name()));
  }
}
