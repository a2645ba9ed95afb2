package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.ingest.internal.publication.LedgerEntry.State;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table {@code clickpy_loads}: what has been staged, what is in the tables for good, and what
 * has failed.
 *
 * <p>A row is written once and never changed; writing it again changes nothing. A file is loaded
 * from the moment that it has a row in the state {@code LOADED}; all files of an attempt get it in
 * one insert.
 */
public final class Ledger {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS %s (
        uri String COMMENT 'name of the file',
        unit String COMMENT 'id of the file with this content',
        attempt String COMMENT 'id of one try to load it; how it was read if it is FAILED',
        state LowCardinality(String) COMMENT 'STAGED, LOADED, FAILED, STUCK; SWEPT is no file',
        turn UInt64 COMMENT 'number of the turn that reached the state; 0 for none',
        content_tag String COMMENT 'what tells the content from another',
        bytes UInt64 COMMENT 'size of the file',
        rows_read UInt64 COMMENT 'rows in the file',
        rows_rejected UInt64 COMMENT 'rows that are no downloads',
        reason String COMMENT 'why it is FAILED or STUCK',
        at DateTime64(3, 'UTC') COMMENT 'when the state was reached'
      ) ENGINE = ReplacingMergeTree ORDER BY (uri, unit, attempt, state, turn)\
      """;

  /** The server takes values of a parameter only up to 128 kB. */
  private static final int URIS_AT_ONCE = 200;

  private final ClickPy clickpy;
  private final String table;

  /** The ledger of loads into some tables. */
  public Ledger(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.table = names.ledger();
  }

  /** Creates the table if it is not there. */
  public void create() {
    Command.of(CREATE.formatted(table)).repeatable().execute(clickpy);
  }

  /** Returns what is known of files; a file that is not known is not in the map. */
  public Map<URI, FileHistory> histories(Collection<LoadUnit> units) {
    List<String> uris = units.stream().map(unit -> unit.uri().toString()).distinct().toList();
    Map<URI, List<LedgerEntry>> entries = new HashMap<>();
    for (int i = 0; i < uris.size(); i += URIS_AT_ONCE) {
      Query.of(
              "SELECT uri, content_tag, attempt, state, turn, reason, at FROM %s".formatted(table)
                  + " WHERE uri IN {uris:Array(String)} AND state IN ('LOADED', 'FAILED', 'STUCK')",
              row -> Map.entry(URI.create(row.string("uri")), entry(row)))
          .bind("uris", uris.subList(i, Math.min(i + URIS_AT_ONCE, uris.size())))
          .fetch(clickpy)
          .forEach(
              found ->
                  entries
                      .computeIfAbsent(found.getKey(), uri -> new ArrayList<>())
                      .add(found.getValue()));
    }
    Map<URI, FileHistory> histories = new HashMap<>();
    entries.forEach((uri, list) -> histories.put(uri, new FileHistory(list)));
    return histories;
  }

  private static LedgerEntry entry(Row row) {
    return new LedgerEntry(
        row.string("content_tag"),
        row.string("attempt"),
        State.valueOf(row.string("state")),
        row.longValue("turn"),
        row.string("reason"),
        row.instant("at"));
  }

  /** Notes that files are staged in full and checked. */
  public void staged(Attempt attempt, List<StagedFile> files) {
    Command.of(
            "INSERT INTO %s SELECT uri, unit, {attempt:String}, 'STAGED', 0, tag, bytes, read,"
                    .formatted(table)
                + " rejected, '', now64(3) FROM (SELECT {uris:Array(String)} AS uri,"
                + " {units:Array(String)} AS unit, {tags:Array(String)} AS tag,"
                + " {bytes:Array(UInt64)} AS bytes, {read:Array(UInt64)} AS read,"
                + " {rejected:Array(UInt64)} AS rejected)"
                + " ARRAY JOIN uri, unit, tag, bytes, read, rejected")
        .bind("attempt", attempt.id())
        .bind("uris", list(files, file -> file.unit().uri().toString()))
        .bind("units", list(files, file -> file.unit().id()))
        .bind("tags", list(files, file -> file.unit().contentTag()))
        .bind("bytes", list(files, file -> file.unit().bytes()))
        .bind("read", list(files, StagedFile::rowsRead))
        .bind("rejected", list(files, StagedFile::rowsRejected))
        .repeatable()
        .execute(clickpy);
  }

  private static <T> List<T> list(List<StagedFile> files, Function<StagedFile, T> value) {
    return files.stream().map(value).toList();
  }

  /** Notes that everything an attempt staged is in the tables, and that the turn is over. */
  void loaded(Attempt attempt, long turn) {
    copyStaged(attempt, turn, State.LOADED, "");
  }

  /** Notes that nobody can tell what of an attempt is in the tables, and that others may go on. */
  void stuck(Attempt attempt, long turn, String reason) {
    copyStaged(attempt, turn, State.STUCK, reason);
  }

  private void copyStaged(Attempt attempt, long turn, State state, String reason) {
    Command.of(
            "INSERT INTO %1$s SELECT uri, unit, attempt, {state:String}, {turn:UInt64},"
                    .formatted(table)
                + " content_tag, bytes, rows_read, rows_rejected, {reason:String}, now64(3)"
                + " FROM %s WHERE attempt = {attempt:String} AND state = 'STAGED'".formatted(table)
                + " LIMIT 1 BY uri, unit")
        .bind("state", state.name())
        .bind("turn", turn)
        .bind("reason", reason)
        .bind("attempt", attempt.id())
        .repeatable()
        .execute(clickpy);
  }

  /** Notes that a turn that swept up is over; its attempt is empty. */
  void swept(long turn) {
    Command.of(
            "INSERT INTO %s SELECT '', '', '', 'SWEPT', {turn:UInt64}, '', 0, 0, 0, '', now64(3)"
                .formatted(table))
        .bind("turn", turn)
        .repeatable()
        .execute(clickpy);
  }

  /**
   * Notes that a file cannot be loaded, and that the fault is its own.
   *
   * @param reading how it was tried
   */
  public void failed(LoadUnit unit, String reading, String reason) {
    Command.of(
            "INSERT INTO %s SELECT {uri:String}, {unit:String}, {reading:String}, 'FAILED', 0, {tag:String},"
                    .formatted(table)
                + " {bytes:UInt64}, 0, 0, {reason:String}, now64(3)")
        .bind("uri", unit.uri().toString())
        .bind("unit", unit.id())
        .bind("tag", unit.contentTag())
        .bind("bytes", unit.bytes())
        .bind("reading", reading)
        .bind("reason", reason)
        .repeatable()
        .execute(clickpy);
  }

  /** Returns the highest number of a turn that is over, or put aside; 0 if there was none. */
  long newestTurn() {
    return Query.of("SELECT max(turn) AS n FROM " + table, row -> row.longValue("n"))
        .fetch(clickpy)
        .get(0);
  }

  /** Returns the id of the attempt that a turn has published, if the turn is over. */
  Optional<String> publishedIn(long turn) {
    return Query.of(
            "SELECT attempt FROM %s".formatted(table)
                + " WHERE turn = {turn:UInt64} AND state IN ('LOADED', 'SWEPT') LIMIT 1",
            row -> row.string("attempt"))
        .bind("turn", turn)
        .fetch(clickpy)
        .stream()
        .findFirst();
  }
}
