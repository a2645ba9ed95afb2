package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table that remembers how far rollups are filled. A note is written behind what it tells of;
 * written twice, it means the same.
 */
final class FillJournal {
  private final Work work;
  private final String table;

  FillJournal(Work work, String prefix) {
    this.work = work;
    this.table = prefix + Journal.NAME + "_fill";
  }

  String table() {
    return table;
  }

  void create() {
    work.run(
        "CREATE TABLE IF NOT EXISTS %s (attempt UInt64, event LowCardinality(String),"
                .formatted(table)
            + " subject String, text String, number UInt64,"
            + " at DateTime64(3, 'UTC') DEFAULT now64(3)) ENGINE = MergeTree ORDER BY (attempt, at)");
  }

  /** Returns how far the newest attempt has come; empty if there was none. */
  Optional<FillState> read() {
    return newest("SELECT max(attempt) AS attempt FROM " + table + " HAVING count() > 0")
        .map(this::read);
  }

  /** Returns how far the newest attempt has come that had to do with a rollup. */
  Optional<FillState> readOf(String rollup) {
    return newest(
            "SELECT max(attempt) AS attempt FROM %s WHERE event = 'PLANNED' AND subject = '%s' HAVING count() > 0"
                .formatted(table, rollup))
        .map(this::read);
  }

  private Optional<Long> newest(String sql) {
    try {
      return Query.of(sql, row -> row.longValue("attempt")).fetch(work.clickpy()).stream()
          .findFirst();
    } catch (QueryException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private FillState read(long attempt) {
    List<Note> notes =
        Query.of(
                "SELECT event, subject, text, number FROM %s WHERE attempt = {attempt:UInt64} ORDER BY at"
                    .formatted(table),
                row ->
                    new Note(
                        Event.valueOf(row.string("event")),
                        row.string("subject"),
                        row.string("text"),
                        row.longValue("number")))
            .bind("attempt", attempt)
            .fetch(work.clickpy());
    return FillState.of(attempt, notes);
  }

  /** Notes one thing of several subjects at once, in one block: all or none. */
  void note(long attempt, Event event, Map<String, String> texts, long number) {
    work.run(
        Command.of(
                "INSERT INTO %s (attempt, event, subject, text, number)".formatted(table)
                    + " SELECT {attempt:UInt64}, {event:String}, subject, text, {number:UInt64}"
                    + " FROM (SELECT {subjects:Array(String)} AS subjects, {texts:Array(String)} AS texts)"
                    + " ARRAY JOIN subjects AS subject, texts AS text")
            .bind("attempt", attempt)
            .bind("event", event.name())
            .bind("subjects", List.copyOf(texts.keySet()))
            .bind("texts", List.copyOf(texts.values()))
            .bind("number", number)
            .repeatable());
  }

  /** What can be noted. */
  enum Event {
    /** A rollup is to be filled; the text is its number and kind. */
    PLANNED,
    /** Views count from here on; the text is the id of the table in use, the number raw rows. */
    CUT,
    /** The subject is a chunk, the text its last project, the number rows so far. */
    COPIED,
    /** The same, of the last chunk. */
    COPIED_LAST,
    /** The subject is a rollup that is whole. */
    PUBLISHED,
    /** Nothing is left to do. */
    DONE
  }

  /**
   * A note.
   *
   * @param event what happened
   * @param subject to what
   * @param text as {@link Event} says
   * @param number as {@link Event} says
   */
  record Note(Event event, String subject, String text, long number) {}
}
