package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.ingest.internal.publication.Removal;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Which rows there are, in two numbers: equal rows, in whatever order, give equal numbers.
 *
 * @param rows how many
 * @param sum the sum of their hashes
 */
record DayContent(long rows, String sum) {
  /** Sums of many rows are no questions of users. */
  static final QueryLimits PATIENT =
      QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofHours(2));

  /** Returns what a table has. */
  static DayContent of(ClickPy clickpy, DownloadsTable table) {
    return query(table, "1").fetch(clickpy).get(0);
  }

  /** Returns what is to be removed from a table. */
  static DayContent of(ClickPy clickpy, DownloadsTable table, Removal removal) {
    return query(table, Removal.ROWS)
        .bind("days", removal.days())
        .bind("block", removal.newestBlock())
        .fetch(clickpy)
        .get(0);
  }

  private static Query<DayContent> query(DownloadsTable table, String condition) {
    return Query.of(
            "SELECT count() AS n, toString(sum(cityHash64(%s))) AS hash FROM %s WHERE %s"
                .formatted(columns(table), table.name(), condition),
            row -> new DayContent(row.longValue("n"), row.string("hash")))
        .limits(PATIENT);
  }

  static String columns(DownloadsTable table) {
    return table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
