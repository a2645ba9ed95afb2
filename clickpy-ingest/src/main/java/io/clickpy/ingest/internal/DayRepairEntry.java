package io.clickpy.ingest.internal;

import io.clickpy.ingest.internal.publication.Attempt;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the replacement of some days.
 *
 * @param attempt what brings the new rows; its id is the replacement's
 * @param state how far it has come
 * @param number which it is: one is prepared for what the one before has left
 * @param days the days, sorted
 * @param source what the new rows are from; equal sources have equal names
 * @param undoes the id of the replacement that it takes back, if it does
 * @param rowsBefore how many rows the days had
 * @param now what the days have instead
 * @param at when it reached the state
 */
record DayRepairEntry(
    Attempt attempt,
    State state,
    long number,
    List<LocalDate> days,
    String source,
    @Nullable String undoes,
    long rowsBefore,
    DayContent now,
    Instant at) {
  DayRepairEntry {
    days = List.copyOf(days);
  }

  /** How far a replacement has come; the order is that of time. */
  enum State {
    /** Everything is staged and noted; nothing that anybody reads has changed. */
    PREPARED,
    /** It will never take its turn. */
    ABANDONED,
    /** The raw table and the rollups that count are right. */
    SWITCHED,
    /** All is right, and what was replaced is kept. */
    KEPT,
    /** What was replaced is not wanted any more. */
    CONFIRMED,
    /** What was replaced is back. */
    UNDONE
  }

  String id() {
    return attempt.id();
  }

  DayRepairEntry in(State reached) {
    return new DayRepairEntry(attempt, reached, number, days, source, undoes, rowsBefore, now, at);
  }

  /** Returns whether it is about one of these days. */
  boolean concerns(List<LocalDate> some) {
    return days.stream().anyMatch(some::contains);
  }

  /** Returns whether it brings the same rows to the same days. */
  boolean isSameAs(List<LocalDate> otherDays, String otherSource) {
    return days.equals(otherDays) && source.equals(otherSource);
  }
}
