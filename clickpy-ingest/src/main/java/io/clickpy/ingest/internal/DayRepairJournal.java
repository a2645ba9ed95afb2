package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.ingest.internal.DayRepairEntry.State;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.LoadNames;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The table {@code clickpy_repairs}: which days were replaced, and how far that has come.
 *
 * <p>A row is written once and never changed; writing it again changes nothing.
 */
final class DayRepairJournal {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS %s (
        id String COMMENT 'id of the attempt that brings the new rows',
        state LowCardinality(String) COMMENT 'PREPARED, ABANDONED, SWITCHED, KEPT, CONFIRMED, UNDONE',
        number UInt64 COMMENT 'which replacement it is',
        days Array(Date) COMMENT 'days that are replaced',
        source String COMMENT 'what tells the source from another',
        undoes String COMMENT 'id of the replacement that is taken back; empty for none',
        rows_before UInt64 COMMENT 'rows that are replaced',
        rows_now UInt64 COMMENT 'rows instead of them',
        sum_now String COMMENT 'what tells these from others',
        at DateTime64(3, 'UTC') COMMENT 'when the state was reached'
      ) ENGINE = ReplacingMergeTree ORDER BY (id, state)\
      """;

  private final ClickPy clickpy;
  private final String table;

  DayRepairJournal(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.table = names.repairs();
  }

  /** Creates the table if it is not there. */
  void create() {
    Command.of(CREATE.formatted(table)).repeatable().execute(clickpy);
  }

  /** Returns whether the table is there. */
  boolean exists() {
    return !Query.of(
            "SELECT name FROM system.tables"
                + " WHERE database = currentDatabase() AND name = {table:String}",
            row -> row.string("name"))
        .bind("table", table)
        .fetch(clickpy)
        .isEmpty();
  }

  /** Returns every replacement in its newest state, in their order. */
  List<DayRepairEntry> all() {
    String order =
        Arrays.stream(State.values())
            .map(state -> "'" + state + "'")
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow();
    return Query.of(
            "SELECT id, argMax(state, indexOf([%1$s], state)) AS newest, any(number) AS n, any(days) AS dates, any(source) AS of, any(undoes) AS back, any(rows_before) AS before, any(rows_now) AS now, any(sum_now) AS sum, argMax(at, indexOf([%1$s], state)) AS since FROM %2$s GROUP BY id ORDER BY n, since"
                .formatted(order, table),
            DayRepairJournal::entry)
        .fetch(clickpy);
  }

  private static DayRepairEntry entry(Row row) {
    String undoes = row.string("back");
    return new DayRepairEntry(
        Attempt.parse(row.string("id")),
        State.valueOf(row.string("newest")),
        row.longValue("n"),
        row.strings("dates").stream().map(LocalDate::parse).toList(),
        row.string("of"),
        undoes.isEmpty() ? null : undoes,
        row.longValue("before"),
        new DayContent(row.longValue("now"), row.string("sum")),
        row.instant("since"));
  }

  /** Notes a replacement in the state in which it is. */
  void note(DayRepairEntry entry) {
    Command.of(
            "INSERT INTO %s SELECT {id:String}, {state:String}, {number:UInt64}, {days:Array(Date)}, {source:String}, {undoes:String}, {before:UInt64}, {now:UInt64}, {sum:String}, now64(3)"
                .formatted(table))
        .bind("id", entry.id())
        .bind("state", entry.state().name())
        .bind("number", entry.number())
        .bind("days", entry.days())
        .bind("source", entry.source())
        .bind("undoes", Objects.requireNonNullElse(entry.undoes(), ""))
        .bind("before", entry.rowsBefore())
        .bind("now", entry.now().rows())
        .bind("sum", entry.now().sum())
        .repeatable()
        .execute(clickpy);
  }

  /** Returns the highest number of a replacement that has taken effect; 0 if there is none. */
  static long newestSwitched(List<DayRepairEntry> all) {
    return all.stream()
        .filter(repair -> repair.state().compareTo(State.SWITCHED) >= 0)
        .mapToLong(DayRepairEntry::number)
        .max()
        .orElse(0);
  }
}
