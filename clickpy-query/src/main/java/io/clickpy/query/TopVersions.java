package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.DateRange;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The most downloaded versions of a project, most downloaded first; equals by their text.
 *
 * <p>Immutable and thread-safe. Without a period it is about all time; a later period replaces an
 * earlier one.
 */
@CheckReturnValue
public final class TopVersions implements ListQuery<VersionDownloads> {
  private static final int DEFAULT_TOP = 10;

  private final ProjectName project;
  private final Period period;
  private final int top;

  private TopVersions(ProjectName project, Period period, int top) {
    this.project = project;
    this.period = period;
    this.top = top;
  }

  static TopVersions of(ProjectName project) {
    return new TopVersions(project, new Period.AllTime(), DEFAULT_TOP);
  }

  /**
   * Returns this question for given days, as {@link DownloadsPerDay#between(LocalDate, LocalDate)}.
   */
  public TopVersions between(LocalDate first, LocalDate last) {
    return new TopVersions(project, new Period.Between(DateRange.of(first, last)), top);
  }

  /** Returns this question for the newest days, as {@link DownloadsPerDay#lastDays(int)}. */
  public TopVersions lastDays(int days) {
    return new TopVersions(project, new Period.LastDays(days), top);
  }

  /**
   * Returns this question with another number of versions; by default 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public TopVersions top(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("Invalid number of versions: " + count + " (must be > 0)");
    }
    return new TopVersions(project, period, count);
  }

  @Override
  public Query<VersionDownloads> toQuery() {
    // Over all time the days need not be read.
    String rollup =
        period instanceof Period.AllTime
            ? "pypi_downloads_by_version"
            : "pypi_downloads_per_day_by_version";
    return new RollupSelect(
            RollupSelect.rollup(rollup),
            Dimension.VERSION,
            project,
            period,
            RollupSelect.Order.MOST_DOWNLOADS_FIRST,
            Optional.of(top))
        .toQuery(
            row ->
                new VersionDownloads(
                    row.string(Dimension.VERSION.column()), row.longValue(RollupSelect.DOWNLOADS)));
  }
}
