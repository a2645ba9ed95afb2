package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.ingest.RejectReason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code clickpy_loads}: what has been staged, and what is in the tables for good.
 *
 * <p>A row is written once and never changed; writing it again changes nothing. A unit is loaded
 * from the moment that it has a row in the state {@code LOADED}.
 */
final class LoadLedger {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS clickpy_loads (
        uri String COMMENT 'name of the file',
        unit String COMMENT 'id of the file with this content',
        attempt String COMMENT 'id of one try to load it',
        state LowCardinality(String) COMMENT 'STAGED or LOADED',
        content_tag String COMMENT 'what tells the content from another',
        bytes UInt64 COMMENT 'size of the file',
        rows_read UInt64 COMMENT 'rows in the file',
        rows_rejected UInt64 COMMENT 'rows that are no downloads',
        at DateTime64(3, 'UTC') COMMENT 'when the state was reached'
      ) ENGINE = ReplacingMergeTree ORDER BY (uri, unit, attempt, state)\
      """;

  private final ClickPy clickpy;

  LoadLedger(ClickPy clickpy) {
    this.clickpy = clickpy;
  }

  void create() {
    Command.of(CREATE).repeatable().execute(clickpy);
  }

  /** Returns the content tags under which a file has been loaded; at most one, its own. */
  List<String> contentTagsLoadedFrom(URI uri) {
    return Query.of(
            "SELECT DISTINCT content_tag FROM clickpy_loads"
                + " WHERE uri = {uri:String} AND state = 'LOADED'",
            row -> row.string("content_tag"))
        .bind("uri", uri.toString())
        .fetch(clickpy);
  }

  /** Returns the attempt that loaded a unit, if it is loaded. */
  Optional<String> attemptThatLoaded(String unit) {
    return Query.of(
            "SELECT attempt FROM clickpy_loads WHERE unit = {unit:String} AND state = 'LOADED'"
                + " LIMIT 1",
            row -> row.string("attempt"))
        .bind("unit", unit)
        .fetch(clickpy)
        .stream()
        .findFirst();
  }

  /** Notes that an attempt is staged in full and checked. */
  void staged(LoadUnit unit, Attempt attempt, long rowsRead, Map<RejectReason, Long> rejected) {
    long rowsRejected = rejected.values().stream().mapToLong(Long::longValue).sum();
    Command.of(
            "INSERT INTO clickpy_loads SELECT {uri:String}, {unit:String}, {attempt:String},"
                + " 'STAGED', {tag:String}, {bytes:UInt64}, {read:UInt64}, {rejected:UInt64},"
                + " now64(3)")
        .bind("uri", unit.uri().toString())
        .bind("unit", unit.id())
        .bind("attempt", attempt.id())
        .bind("tag", unit.contentTag())
        .bind("bytes", unit.bytes())
        .bind("read", rowsRead)
        .bind("rejected", rowsRejected)
        .repeatable()
        .execute(clickpy);
  }

  /** Notes that everything an attempt staged is in the tables. */
  void loaded(Attempt attempt) {
    Command.of(
            "INSERT INTO clickpy_loads SELECT uri, unit, attempt, 'LOADED', content_tag, bytes,"
                + " rows_read, rows_rejected, now64(3) FROM clickpy_loads"
                + " WHERE unit = {unit:String} AND attempt = {attempt:String} AND state = 'STAGED'"
                + " LIMIT 1")
        .bind("unit", attempt.unit())
        .bind("attempt", attempt.id())
        .repeatable()
        .execute(clickpy);
  }
}
