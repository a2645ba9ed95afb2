package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Rollup;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.Removal;
import io.clickpy.ingest.internal.publication.StagedFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The private tables of an attempt that replaces days: the raw one has the new rows, each rollup
 * the difference that they make to the old ones, and one table more has these.
 *
 * <p>A rollup is a sum, so a difference is just rows to add, some of them negative. Whatever else
 * is added before or after does not matter.
 */
final class Correction {
  private final ClickPy clickpy;
  private final LoadNames names;
  private final LoadSession session;
  private final BlockNumbers numbers;
  private final Staging staging;
  private final Attempt attempt;
  private final List<LocalDate> days;

  Correction(ClickPy clickpy, LoadSession session, Attempt attempt, List<LocalDate> days) {
    this.clickpy = clickpy;
    this.names = session.names();
    this.session = session;
    this.numbers = new BlockNumbers(clickpy, names.live().downloads().name());
    this.staging = new Staging(clickpy, names, session.live(), attempt);
    this.attempt = attempt;
    this.days = days;
  }

  /** Returns the tables' names while they are filled. */
  Staging staging() {
    return staging;
  }

  /** Returns the raw table while it is filled. */
  DownloadsTable raw() {
    return names.staged(attempt).downloads();
  }

  /** Chooses which rows are to be replaced: those that are there now. */
  Removal chooseRows() {
    numbers.keep();
    return new Removal(days, numbers.newest());
  }

  /**
   * Copies the rows that are to be replaced into the table in which they are kept.
   *
   * @return what they are
   */
  DayContent copyOld(Removal removal) {
    DownloadsTable live = names.live().downloads();
    String filling = names.staged(attempt).prefix() + "old";
    String columns = DayContent.columns(live);
    Command.of(
            "CREATE TABLE %s AS %s ENGINE = %s"
                .formatted(filling, live.name(), session.live().privateEngine(live.name())))
        .execute(clickpy);
    Command.of(
            "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s WHERE %4$s"
                .formatted(filling, columns, live.name(), Removal.ROWS))
        .bind("days", removal.days())
        .bind("block", removal.newestBlock())
        .execute(clickpy);
    // A copy that the network has doubled cannot write to it under this name.
    Command.of("RENAME TABLE %s TO %s".formatted(filling, old().name())).execute(clickpy);
    staging.settle();
    return requireUnchanged(removal);
  }

  /** Returns the table with the rows that are to be replaced. */
  DownloadsTable old() {
    return new DownloadsTable(names.replaced(attempt), names.live().downloads().sortKey());
  }

  /** Checks that the rows to be replaced are still those that were copied. */
  DayContent requireUnchanged(Removal removal) {
    DayContent copied = DayContent.of(clickpy, old());
    DayContent present = DayContent.of(clickpy, names.live().downloads(), removal);
    if (!copied.equals(present)) {
      throw new ClickPyException(
          ErrorCode.OUTCOME_UNKNOWN,
          "Cannot replace %s (%d rows were copied, and there are %d: somebody deletes, or a statement was run twice). Nothing was changed. Call again."
              .formatted(DayTotals.text(days), copied.rows(), present.rows()));
    }
    return copied;
  }

  /** Returns, of each day that is replaced, how many of the new rows are not from files. */
  SortedMap<LocalDate, Long> besides(List<StagedFile> files) {
    SortedMap<LocalDate, Long> rows = new TreeMap<>();
    days.forEach(day -> rows.put(day, 0L));
    Query.of(
            "SELECT date, count() AS n FROM %s GROUP BY date".formatted(raw().name()),
            row -> Map.entry(row.date("date"), row.longValue("n")))
        .limits(DayContent.PATIENT)
        .fetch(clickpy)
        .forEach(day -> rows.merge(day.getKey(), day.getValue(), Long::sum));
    files.forEach(file -> file.days().forEach((day, count) -> rows.merge(day, -count, Long::sum)));
    return rows;
  }

  /**
   * Derives the differences, and makes sure of them.
   *
   * @param rowsNow how many there are to be
   * @param rowsBefore how many there were
   */
  void derive(long rowsNow, long rowsBefore) {
    for (List<Rollup> level : staging.levels()) {
      Failures.requireNotInterrupted();
      session.parallel().forEach(level, rollup -> staging.derive(rollup, difference(rollup)));
    }
    staging.seal();
    staging.verify(rowsNow, rowsNow - rowsBefore);
  }

  private String difference(Rollup rollup) {
    if (rollup.measure() == Measure.DATE_RANGE) {
      return rollup.selectFrom(raw()); // What it is to lose comes later.
    }
    if (rollup.derivedFrom() instanceof Rollup finer) {
      return "SELECT * FROM (%s) WHERE count != 0".formatted(rollup.selectFrom(finer));
    }
    String keys = String.join(", ", rollup.sortKey());
    String signed =
        Map.of("", raw(), "-", old()).entrySet().stream()
            .map(
                side ->
                    "SELECT %s, %stoInt64(count) AS n FROM (%s)"
                        .formatted(keys, side.getKey(), rollup.selectFrom(side.getValue())))
            .collect(Collectors.joining(" UNION ALL "));
    return "SELECT %1$s, sum(n) AS difference FROM (%2$s) GROUP BY %1$s HAVING difference != 0"
        .formatted(keys, signed);
  }

  /** Drops everything; nothing must be left to be published. */
  void discard() {
    staging.settle();
    session.publisher().discard(attempt);
    Command.of(
            "DROP TABLE IF EXISTS %sold, %s"
                .formatted(names.staged(attempt).prefix(), old().name()))
        .repeatable()
        .execute(clickpy);
  }
}
