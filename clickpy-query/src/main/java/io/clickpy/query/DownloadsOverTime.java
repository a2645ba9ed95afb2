package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.Objects;
import java.util.Set;

/**
 * How often a project was downloaded in each day, week, month, quarter or year, oldest first;
 * buckets without downloads have no row, unless gaps are filled.
 *
 * <p>Immutable and thread-safe. By default the {@link Granularity} is {@code AUTO}.
 */
public final class DownloadsOverTime extends ProjectQuery<BucketDownloads, DownloadsOverTime>
    implements ListQuery<BucketDownloads> {
  private final TimeSeries series;

  DownloadsOverTime(TimeSeries series) {
    super(series.scope());
    this.series = series;
  }

  /** Returns this question with buckets of another length. */
  public DownloadsOverTime granularity(Granularity granularity) {
    return new DownloadsOverTime(
        series.withGranularity(Objects.requireNonNull(granularity, "granularity")));
  }

  /** Returns this question with a row for every bucket asked for, as far as days are loaded. */
  public DownloadsOverTime fillGaps() {
    return new DownloadsOverTime(series.withGapsFilled());
  }

  @Override
  protected DownloadsOverTime with(Scope changed) {
    return new DownloadsOverTime(series.withScope(changed));
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(series.dimension());
  }

  @Override
  protected Query<BucketDownloads> render(Plan plan) {
    return series.total(
        plan.table(),
        row -> new BucketDownloads(series.bucket(row), row.longValue(Source.DOWNLOADS)));
  }
}
