package io.clickpy.ingest.ledger;

import io.clickpy.core.DateRange;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a ledger notes: a file has come to a state. Immutable.
 *
 * <p>A replacement of days, of which {@link io.clickpy.ingest.DayRepair} makes one, has an entry,
 * too: it is named {@code clickpy:repair/} and a number, and its days have what it brought besides
 * files.
 *
 * <p>Two entries that agree in {@code uri}, {@code contentTag}, {@code attempt}, {@code state} and
 * {@code turn} are the same entry, said twice.
 *
 * @param uri the file's name; empty if it is about no file
 * @param contentTag tells this content of the file from another
 * @param bytes the file's size
 * @param attempt the id of one try to load it, with other files; of {@link State#FAILED}, how it
 *     was read; empty if there is none
 * @param state what the file has come to
 * @param turn the number of the turn that brought it there, counted from 1; of {@link
 *     State#CHANGED}, of the newest turn when that was noticed; 0 for none
 * @param rowsRead rows in the file
 * @param rowsRejected how many of them are no downloads
 * @param days downloads of the file by their day in UTC, those rejected not among them; empty where
 *     the file's rows were not counted, or a method of {@link Ledger} leaves them out
 * @param reason why, if it did not go well; else empty
 * @param at when it was noted, by the clock of the program, in milliseconds
 */
public record LedgerEntry(
    URI uri,
    String contentTag,
    long bytes,
    String attempt,
    State state,
    long turn,
    long rowsRead,
    long rowsRejected,
    SortedMap<LocalDate, Long> days,
    String reason,
    Instant at) {
  /** Checks that nothing is missing, and copies the map. */
  public LedgerEntry {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(contentTag, "contentTag");
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }

  /** Returns this entry without its days. */
  public LedgerEntry withoutDays() {
    return withDays(Collections.emptySortedMap());
  }

  /** Returns this entry with its downloads on some days only. */
  public LedgerEntry on(DateRange some) {
    return withDays(days.subMap(some.first(), some.last().plusDays(1)));
  }

  private LedgerEntry withDays(SortedMap<LocalDate, Long> some) {
    return new LedgerEntry(
        uri, contentTag, bytes, attempt, state, turn, rowsRead, rowsRejected, some, reason, at);
  }

  /** What a file has come to. */
  public enum State {
    /** All its rows wait in private tables. */
    STAGED,
    /** All its rows are in the tables that everybody reads, for good. */
    LOADED,
    /** It cannot be loaded, and the fault is its own. */
    FAILED,
    /** It was seen with this content, and is loaded with another. */
    CHANGED,
    /** Nobody can tell which of its rows are in the tables that everybody reads. */
    STUCK,
    /** Not a file: a turn that swept up what dead loaders had left. */
    SWEPT
  }
}
