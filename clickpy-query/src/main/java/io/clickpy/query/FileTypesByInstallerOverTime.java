package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How the kinds of file that each installer downloads of a project developed. The installers told
 * one by one are those with most downloads in all the time asked for; {@code other} is the rest, so
 * that the rows of a bucket add up to all its downloads. Oldest bucket first; in each, most
 * downloaded first and those of other last. An installer's kind of file without downloads in a
 * bucket has no row there, unless gaps are filled.
 *
 * <p>Immutable and thread-safe. By default the {@link Granularity} is {@code AUTO}.
 */
public final class FileTypesByInstallerOverTime
    extends ProjectQuery<FileTypeBucketDownloads, FileTypesByInstallerOverTime>
    implements ListQuery<FileTypeBucketDownloads> {
  private final TimeSeries series;
  private final int top;

  FileTypesByInstallerOverTime(TimeSeries series, int top) {
    super(series.scope());
    this.series = series;
    this.top = top;
  }

  /** Returns this question with buckets of another length. */
  public FileTypesByInstallerOverTime granularity(Granularity granularity) {
    return new FileTypesByInstallerOverTime(
        series.withGranularity(Objects.requireNonNull(granularity, "granularity")), top);
  }

  /**
   * Returns this question with a row for every installer's every kind of file in every bucket asked
   * for, as far as days are loaded.
   */
  public FileTypesByInstallerOverTime fillGaps() {
    return new FileTypesByInstallerOverTime(series.withGapsFilled(), top);
  }

  /**
   * Returns this question with another number of installers that are told one by one; by default
   * 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public FileTypesByInstallerOverTime top(int count) {
    return new FileTypesByInstallerOverTime(series, Limits.check("installers", count));
  }

  @Override
  protected FileTypesByInstallerOverTime with(Scope changed) {
    return new FileTypesByInstallerOverTime(series.withScope(changed), top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(series.dimension(), Dimension.INSTALLER, Dimension.TYPE);
  }

  @Override
  protected Query<FileTypeBucketDownloads> render(Plan plan) {
    return series.by(
        Breakdown.INSTALLER,
        List.of(Dimension.TYPE.column()),
        top,
        plan.table(),
        row ->
            new FileTypeBucketDownloads(
                series.bucket(row),
                Breakdown.category(row),
                row.string(Dimension.TYPE.column()),
                row.longValue(Source.DOWNLOADS)));
  }
}
