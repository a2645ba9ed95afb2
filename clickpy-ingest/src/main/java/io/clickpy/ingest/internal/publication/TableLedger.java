package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
        reason String COMMENT 'why it did not go well',
        at DateTime64(3, 'UTC') COMMENT 'when the state was noted'
      ) ENGINE = ReplacingMergeTree ORDER BY (uri, unit, attempt, state, turn)\
      """;

  /** What an entry is known by. */
  private static final String ONCE = " LIMIT 1 BY uri, unit, attempt, state, turn";

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
    return select("WHERE turn = {turn:UInt64}").bind("turn", turn).fetch(clickpy);
  }

  @Override
  public List<LedgerEntry> ofAttempt(String attempt) {
    return select("WHERE attempt = {attempt:String}").bind("attempt", attempt).fetch(clickpy);
  }

  @Override
  public List<LedgerEntry> ofFiles(Collection<URI> files) {
    List<String> uris = files.stream().map(URI::toString).distinct().toList();
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < uris.size(); i += FILES_AT_ONCE) {
      entries.addAll(
          select("WHERE uri IN {uris:Array(String)} AND state != 'STAGED'")
              .bind("uris", uris.subList(i, Math.min(i + FILES_AT_ONCE, uris.size())))
              .fetch(clickpy));
    }
    return entries;
  }

  private Query<LedgerEntry> select(String where) {
    return Query.of(
        "SELECT uri, content_tag, bytes, attempt, state, turn, rows_read, rows_rejected, reason, at"
            + " FROM %s %s".formatted(table, where)
            + ONCE,
        TableLedger::entry);
  }

  private static LedgerEntry entry(Row row) {
    return new LedgerEntry(
        URI.create(row.string("uri")),
        row.string("content_tag"),
        row.longValue("bytes"),
        row.string("attempt"),
        State.valueOf(row.string("state")),
        row.longValue("turn"),
        row.longValue("rows_read"),
        row.longValue("rows_rejected"),
        row.string("reason"),
        row.instant("at"));
  }
}
