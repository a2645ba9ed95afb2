package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.RollupSelect;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.List;
import java.util.Set;

/**
 * How often a project was downloaded on each day, oldest first; days without downloads have no row,
 * unless gaps are filled.
 *
 * <p>Immutable and thread-safe.
 */
public final class DownloadsPerDay extends ProjectQuery<DailyDownloads, DownloadsPerDay>
    implements ListQuery<DailyDownloads> {
  private final Gaps gaps;

  DownloadsPerDay(Scope scope) {
    this(scope, Gaps.LEFT_OUT);
  }

  private DownloadsPerDay(Scope scope, Gaps gaps) {
    super(scope);
    this.gaps = gaps;
  }

  /** Returns this question with a row for every day asked for, as far as they are loaded. */
  public DownloadsPerDay fillGaps() {
    return new DownloadsPerDay(scope(), Gaps.FILLED);
  }

  @Override
  protected DownloadsPerDay with(Scope changed) {
    return new DownloadsPerDay(changed, gaps);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.DATE);
  }

  @Override
  protected Query<DailyDownloads> render(Plan plan) {
    return switch (gaps) {
      case LEFT_OUT ->
          RollupSelect.of(scope().schema(), measure())
              .where(scope().conditions())
              .groupBy(List.of(Dimension.DATE))
              .toQuery(
                  plan.table(),
                  row ->
                      new DailyDownloads(
                          row.date(Dimension.DATE.column()), row.longValue(Source.DOWNLOADS)));
      case FILLED ->
          new TimeSeries(scope(), Granularity.DAY, gaps)
              .total(
                  plan.table(),
                  row -> new DailyDownloads(row.date("start"), row.longValue(Source.DOWNLOADS)));
    };
  }
}
