package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.DateRange;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How often a project was downloaded on each day, oldest first; days without downloads have no row.
 *
 * <p>Immutable and thread-safe. Without a period it is about all time; a later period replaces an
 * earlier one.
 */
@CheckReturnValue
public final class DownloadsPerDay implements ListQuery<DailyDownloads> {
  private final ProjectName project;
  private final Period period;

  private DownloadsPerDay(ProjectName project, Period period) {
    this.project = project;
    this.period = period;
  }

  static DownloadsPerDay of(ProjectName project) {
    return new DownloadsPerDay(project, new Period.AllTime());
  }

  /**
   * Returns this question for given days.
   *
   * @param first the first day, in UTC
   * @param last the last day, included
   * @throws IllegalArgumentException if the last day is before the first
   */
  public DownloadsPerDay between(LocalDate first, LocalDate last) {
    return new DownloadsPerDay(project, new Period.Between(DateRange.of(first, last)));
  }

  /**
   * Returns this question for the newest days, counted back from the newest day on which anything
   * was loaded, so that a late load does not make the answer shorter.
   *
   * @param days how many, that day included; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public DownloadsPerDay lastDays(int days) {
    return new DownloadsPerDay(project, new Period.LastDays(days));
  }

  @Override
  public Query<DailyDownloads> toQuery() {
    return new RollupSelect(
            RollupSelect.rollup("pypi_downloads_per_day"),
            Dimension.DATE,
            project,
            period,
            RollupSelect.Order.ASCENDING,
            Optional.empty())
        .toQuery(
            row ->
                new DailyDownloads(
                    row.date(Dimension.DATE.column()), row.longValue(RollupSelect.DOWNLOADS)));
  }
}
