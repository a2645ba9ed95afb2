package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.DateRange;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The table {@code clickpy_loads} of the database that is loaded into. */
public final class TableLedger implements Ledger {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS %s (
        uri String COMMENT 'name of the file',
        unit String COMMENT 'id of the file with this content',
        attempt String COMMENT 'id of one try to load it; how it was read if it is FAILED',
        state LowCardinality(String) COMMENT 'STAGED, LOADED, FAILED, CHANGED, STUCK; SWEPT is no file',
        turn UInt64 COMMENT 'number of the turn that reached the state; 0 for none',
        content_tag String COMMENT 'what tells the content from another',
        bytes UInt64 COMMENT 'size of the file',
        rows_read UInt64 COMMENT 'rows in the file',
        rows_rejected UInt64 COMMENT 'rows that are no downloads',
        days Map(Date, UInt64) COMMENT 'its downloads by day in UTC',
        reason String COMMENT 'why it did not go well',
        at DateTime64(3, 'UTC') COMMENT 'when the state was noted'
      ) ENGINE = ReplacingMergeTree ORDER BY (uri, unit, attempt, state, turn)\
      """;

  private static final String ADD_DAYS =
      "ALTER TABLE %s ADD COLUMN IF NOT EXISTS days Map(Date, UInt64) AFTER rows_rejected";

  private static final String COLUMNS =
      "uri, content_tag, bytes, attempt, state, turn, rows_read, rows_rejected, reason, at";

  /** A map as its keys, which are numbers of days, and its values. */
  private static final String DAYS =
      "CAST(mapKeys(%1$s), 'Array(UInt16)') AS day_numbers, mapValues(%1$s) AS counts";

  private static final String NO_DAYS = "CAST(map(), 'Map(Date, UInt64)')";

  /** What an entry is known by. */
  private static final String KEY = "uri, unit, attempt, state, turn";

  /** The server takes values of a parameter only up to 128 kB. */
  private static final int FILES_AT_ONCE = 200;

  private final ClickPy clickpy;
  private final String table;

  /** The ledger of loads into some tables. */
  public TableLedger(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.table = names.ledger();
  }

  @Override
  public void open() {
    Command.of(CREATE.formatted(table)).repeatable().execute(clickpy);
    // For a table of before.
    Command.of(ADD_DAYS.formatted(table)).repeatable().execute(clickpy);
  }

  /** Some dozen rows are one block, which comes into a table as a whole or not at all. */
  @Override
  public void append(List<LedgerEntry> entries) {
    Insert.into(
            "%s (%s)".formatted(table, LedgerRows.COLUMNS),
            "RowBinary",
            out -> LedgerRows.write(entries, out))
        .repeatable()
        .execute(clickpy);
  }

  @Override
  public long newestTurn() {
    return Query.of("SELECT max(turn) AS n FROM " + table, row -> row.longValue("n"))
        .fetch(clickpy)
        .get(0);
  }

  @Override
  public List<LedgerEntry> ofTurn(long turn) {
    return select(NO_DAYS, "turn = {turn:UInt64}").bind("turn", turn).fetch(clickpy);
  }

  @Override
  public List<LedgerEntry> ofAttempt(String attempt) {
    return select("days", "attempt = {attempt:String}").bind("attempt", attempt).fetch(clickpy);
  }

  @Override
  public List<LedgerEntry> ofFiles(Collection<URI> files) {
    List<String> uris = files.stream().map(URI::toString).distinct().toList();
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < uris.size(); i += FILES_AT_ONCE) {
      entries.addAll(
          select(NO_DAYS, "uri IN {uris:Array(String)} AND state != 'STAGED'")
              .bind("uris", uris.subList(i, Math.min(i + FILES_AT_ONCE, uris.size())))
              .fetch(clickpy));
    }
    return entries;
  }

  @Override
  public void scan(Set<State> states, DateRange days, Consumer<? super LedgerEntry> reader) {
    String some = "mapFilter((day, n) -> day BETWEEN {first:Date} AND {last:Date}, days)";
    Query<LedgerEntry> query =
        select(some, "state IN {states:Array(String)}")
            .bind("first", days.first())
            .bind("last", days.last())
            .bind("states", states.stream().map(State::name).toList());
    try (Stream<LedgerEntry> entries = query.stream(clickpy)) {
      entries.forEach(reader);
    }
  }

  private Query<LedgerEntry> select(String days, String which) {
    return Query.of(
        "SELECT %s, %s FROM %s WHERE %s ORDER BY uri, turn LIMIT 1 BY %s"
            .formatted(COLUMNS, DAYS.formatted(days), table, which, KEY),
        TableLedger::entry);
  }

  private static LedgerEntry entry(Row row) {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    List<Long> numbers = row.longs("day_numbers");
    List<Long> counts = row.longs("counts");
    for (int i = 0; i < numbers.size(); i++) {
      days.put(LocalDate.ofEpochDay(numbers.get(i)), counts.get(i));
    }
    return new LedgerEntry(
        URI.create(row.string("uri")),
        row.string("content_tag"),
        row.longValue("bytes"),
        row.string("attempt"),
        State.valueOf(row.string("state")),
        row.longValue("turn"),
        row.longValue("rows_read"),
        row.longValue("rows_rejected"),
        days,
        row.string("reason"),
        row.instant("at"));
  }
}
