package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Order;
import io.clickpy.query.internal.RollupSelect;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.List;
import java.util.Set;

/**
 * The most downloaded versions of a project, most downloaded first; equals by their text. {@link
 * #withOther()} also tells how much all others are.
 *
 * <p>Immutable and thread-safe.
 */
public final class TopVersions extends ProjectQuery<VersionDownloads, TopVersions>
    implements ListQuery<VersionDownloads> {
  private static final int DEFAULT_TOP = 10;

  private final int top;

  TopVersions(Scope scope) {
    this(scope, DEFAULT_TOP);
  }

  private TopVersions(Scope scope, int top) {
    super(scope);
    this.top = top;
  }

  /**
   * Returns this question with another number of versions; by default 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public TopVersions top(int count) {
    return new TopVersions(scope(), Limits.check("versions", count));
  }

  /** Returns the question for the same versions and what all others are together. */
  public DownloadShares withOther() {
    return new DownloadShares(scope(), Breakdown.VERSION).top(top);
  }

  @Override
  protected TopVersions with(Scope changed) {
    return new TopVersions(changed, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.VERSION);
  }

  @Override
  protected Query<VersionDownloads> render(Plan plan) {
    return RollupSelect.of(scope().schema(), measure())
        .where(scope().conditions())
        .groupBy(List.of(Dimension.VERSION))
        .orderBy(new Order.MostDownloads())
        .limit("versions", top)
        .toQuery(
            plan.table(),
            row ->
                new VersionDownloads(
                    row.string(Dimension.VERSION.column()), row.longValue(Source.DOWNLOADS)));
  }
}
