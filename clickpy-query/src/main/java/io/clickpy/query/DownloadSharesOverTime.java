package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.Objects;
import java.util.Set;

/**
 * How the make-up of a project's downloads developed. The categories told one by one are those with
 * most downloads in all the time asked for; {@code other} is the rest, so that the categories of a
 * bucket add up to all its downloads. Oldest bucket first; in each, most downloaded first and other
 * last. A category without downloads in a bucket has no row there, unless gaps are filled.
 *
 * <p>Immutable and thread-safe. By default the {@link Granularity} is {@code AUTO}.
 */
public final class DownloadSharesOverTime
    extends ProjectQuery<CategoryDownloads, DownloadSharesOverTime>
    implements ListQuery<CategoryDownloads> {
  private final TimeSeries series;
  private final Breakdown breakdown;
  private final int top;

  DownloadSharesOverTime(TimeSeries series, Breakdown breakdown, int top) {
    super(series.scope());
    this.series = series;
    this.breakdown = breakdown;
    this.top = top;
  }

  /** Returns this question with buckets of another length. */
  public DownloadSharesOverTime granularity(Granularity granularity) {
    return new DownloadSharesOverTime(
        series.withGranularity(Objects.requireNonNull(granularity, "granularity")), breakdown, top);
  }

  /**
   * Returns this question with a row for every category in every bucket asked for, as far as days
   * are loaded.
   */
  public DownloadSharesOverTime fillGaps() {
    return new DownloadSharesOverTime(series.withGapsFilled(), breakdown, top);
  }

  /**
   * Returns this question with another number of categories that are told one by one; by default
   * 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public DownloadSharesOverTime top(int count) {
    return new DownloadSharesOverTime(series, breakdown, Limits.check("categories", count));
  }

  @Override
  protected DownloadSharesOverTime with(Scope changed) {
    return new DownloadSharesOverTime(series.withScope(changed), breakdown, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(series.dimension(), breakdown.dimension());
  }

  @Override
  protected Query<CategoryDownloads> render(Plan plan) {
    return series.by(
        breakdown,
        top,
        plan.table(),
        row ->
            new CategoryDownloads(
                series.bucket(row), Breakdown.category(row), row.longValue(Source.DOWNLOADS)));
  }
}
