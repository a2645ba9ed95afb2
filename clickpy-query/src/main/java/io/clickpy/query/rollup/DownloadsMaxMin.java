package io.clickpy.query.rollup;

import io.clickpy.core.DateRange;
import io.clickpy.core.Row;
import io.clickpy.query.internal.Source;

/**
 * The first and the last day with downloads of projects: the rollup {@code pypi_downloads_max_min}.
 */
public final class DownloadsMaxMin extends RollupQuery<DownloadsMaxMin, GroupedDays>
    implements ByProject {

  private DownloadsMaxMin(Selection selection) {
    super(selection);
  }

  /** Returns the question for all projects; refine it. */
  public static DownloadsMaxMin query() {
    return new DownloadsMaxMin(Selection.from("pypi_downloads_max_min"));
  }

  @Override
  DownloadsMaxMin with(Selection refined) {
    return new DownloadsMaxMin(refined);
  }

  @Override
  GroupedDays read(GroupKey key, Row row) {
    return new GroupedDays(
        key, DateRange.of(row.date(Source.FIRST_DAY), row.date(Source.LAST_DAY)));
  }
}
