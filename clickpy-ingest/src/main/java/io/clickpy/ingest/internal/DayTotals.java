package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.Pause;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the rollups tell as many downloads of some days as the raw table has, while others write.
 */
final class DayTotals {
  private final ClickPy clickpy;
  private final LoadNames names;
  private final InsertsUnderWay inserts;
  private final Duration patience;

  /**
   * Totals of some tables.
   *
   * @param patience how long to wait for what is half written or half published
   */
  DayTotals(ClickPy clickpy, LoadNames names, InsertsUnderWay inserts, Duration patience) {
    this.clickpy = clickpy;
    this.names = names;
    this.inserts = inserts;
    this.patience = patience;
  }

  /**
   * Returns in words which of the rollups that know days have not the downloads of the raw table.
   *
   * @param rows how many downloads the raw table had of the days some time before
   */
  Optional<String> disagreement(List<LocalDate> days, long rows) {
    long end = System.nanoTime() + patience.toNanos();
    for (Pause pause = Pause.ofDefaults(); ; pause.sleep()) {
      List<Total> disagreeing = disagreeing(days, rows);
      if (disagreeing.isEmpty()) {
        return Optional.empty();
      }
      if (System.nanoTime() - end > 0) {
        return Optional.of(
            disagreeing.stream()
                .map(total -> "%s tells of %d downloads".formatted(total.table(), total.sum()))
                .collect(
                    Collectors.joining(
                        ", ",
                        "",
                        ", and %s has %d".formatted(names.live().downloads().name(), rows))));
      }
    }
  }

  static String text(List<LocalDate> days) {
    return days.stream().map(LocalDate::toString).collect(Collectors.joining(", "));
  }

  /** What was in the raw table then is in the rollups now; what these have now it has soon. */
  private List<Total> disagreeing(List<LocalDate> days, long rows) {
    inserts.await();
    List<Total> totals = totals(days);
    if (totals.stream().allMatch(total -> total.sum() == rows)) {
      return List.of();
    }
    inserts.await();
    long most = raw(days);
    List<Total> disagreeing = new ArrayList<>(totals);
    disagreeing.removeIf(total -> rows <= total.sum() && total.sum() <= most);
    return disagreeing;
  }

  private long raw(List<LocalDate> days) {
    return Query.of(
            "SELECT count() AS n FROM %s WHERE date IN {days:Array(Date)}"
                .formatted(names.live().downloads().name()),
            row -> row.longValue("n"))
        .bind("days", days)
        .limits(DayContent.PATIENT)
        .fetch(clickpy)
        .get(0);
  }

  private List<Total> totals(List<LocalDate> days) {
    String sums =
        names.live().rollups().stream()
            .filter(rollup -> rollup.measure() == Measure.COUNT)
            .filter(rollup -> rollup.dimensions().contains(Dimension.DATE))
            .map(
                rollup ->
                    "SELECT '%1$s' AS name, sum(count) AS n FROM %1$s WHERE date IN {days:Array(Date)}"
                        .formatted(rollup.name()))
            .collect(Collectors.joining(" UNION ALL "));
    return Query.of(
            "SELECT name, n FROM (%s) ORDER BY name".formatted(sums),
            row -> new Total(row.string("name"), row.longValue("n")))
        .bind("days", days)
        .limits(DayContent.PATIENT)
        .fetch(clickpy);
  }

  private record Total(String table, long sum) {}
}
