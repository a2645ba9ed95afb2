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
 * How the downloads of a project are made up: the most downloaded categories, most downloaded
 * first, and last all others together, if there are more. The counts add up to all downloads asked
 * for; downloads of which the category is unknown are a category of their own.
 *
 * <p>Immutable and thread-safe.
 */
public final class DownloadShares extends ProjectQuery<DownloadShare, DownloadShares>
    implements ListQuery<DownloadShare> {
  private final Breakdown breakdown;
  private final int top;

  DownloadShares(Scope scope, Breakdown breakdown) {
    this(scope, breakdown, Breakdown.DEFAULT_TOP);
  }

  private DownloadShares(Scope scope, Breakdown breakdown, int top) {
    super(scope);
    this.breakdown = breakdown;
    this.top = top;
  }

  /**
   * Returns this question with another number of categories that are told one by one; by default
   * 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public DownloadShares top(int count) {
    return new DownloadShares(scope(), breakdown, Limits.check("categories", count));
  }

  /** Returns the question how the same categories developed over time. */
  public DownloadSharesOverTime overTime() {
    return new DownloadSharesOverTime(TimeSeries.of(scope()), breakdown, top);
  }

  @Override
  protected DownloadShares with(Scope changed) {
    return new DownloadShares(changed, breakdown, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(breakdown.dimension());
  }

  @Override
  protected Query<DownloadShare> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String sql =
        SqlText.with(
            breakdown.ranked(source, Map.of(), top, rendering),
            SqlText.select(
                List.of(
                    "other",
                    Breakdown.category(),
                    breakdown.label(scope().schema()),
                    Breakdown.downloads(),
                    "sum(downloads) OVER () AS total")),
            "FROM ranked",
            "GROUP BY other, category",
            "ORDER BY other, downloads DESC, category");
    return rendering.bindTo(
        Query.of(
                sql,
                row -> {
                  long count = row.longValue(Source.DOWNLOADS);
                  return new DownloadShare(
                      Breakdown.category(row), count, (double) count / row.longValue("total"));
                })
            .readingFrom(plan.table().name()));
  }
}
