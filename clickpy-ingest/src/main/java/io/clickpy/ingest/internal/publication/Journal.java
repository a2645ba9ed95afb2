package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What loads write into a {@link Ledger}, and what they read out of it.
 *
 * <p>A file is loaded from the moment that it has an entry in the state {@code LOADED}; all files
 * of an attempt get it at once.
 */
public final class Journal {
  private static final SortedMap<LocalDate, Long> NO_DAYS = Collections.emptySortedMap();

  private final Ledger ledger;

  /** The journal that is kept in a ledger. */
  public Journal(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Prepares the ledger. */
  public void open() {
    ledger.open();
  }

  /** Returns what is known of files; a file that is not known is not in the map. */
  public Map<URI, FileHistory> histories(Collection<LoadUnit> units) {
    Map<URI, FileHistory> histories = new HashMap<>();
    ledger.ofFiles(units.stream().map(LoadUnit::uri).distinct().toList()).stream()
        .collect(Collectors.groupingBy(LedgerEntry::uri))
        .forEach((uri, entries) -> histories.put(uri, new FileHistory(entries)));
    return histories;
  }

  /** Notes that files are staged in full and checked. */
  public void staged(Attempt attempt, List<StagedFile> files) {
    Instant now = now();
    ledger.append(files.stream().map(file -> staged(attempt, file, now)).toList());
  }

  private static LedgerEntry staged(Attempt attempt, StagedFile file, Instant at) {
    LoadUnit unit = file.unit();
    return new LedgerEntry(
        unit.uri(),
        unit.contentTag(),
        unit.bytes(),
        attempt.id(),
        State.STAGED,
        0,
        file.rowsRead(),
        file.rowsRejected(),
        file.days(),
        "",
        at);
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
    Instant now = now();
    List<LedgerEntry> reached =
        staged(attempt).stream().map(file -> reached(file, turn, state, reason, now)).toList();
    if (!reached.isEmpty()) {
      ledger.append(reached);
    }
  }

  private List<LedgerEntry> staged(Attempt attempt) {
    return ledger.ofAttempt(attempt.id()).stream()
        .filter(entry -> entry.state() == State.STAGED)
        .toList();
  }

  private static LedgerEntry reached(
      LedgerEntry file, long turn, State state, String reason, Instant at) {
    return new LedgerEntry(
        file.uri(),
        file.contentTag(),
        file.bytes(),
        file.attempt(),
        state,
        turn,
        file.rowsRead(),
        file.rowsRejected(),
        file.days(),
        reason,
        at);
  }

  /** Notes that a turn that swept up is over; its attempt is empty. */
  void swept(long turn) {
    ledger.append(
        List.of(
            new LedgerEntry(
                URI.create(""), "", 0, "", State.SWEPT, turn, 0, 0, NO_DAYS, "", now())));
  }

  /**
   * Notes that a file cannot be loaded, and that the fault is its own.
   *
   * @param reading how it was tried
   */
  public void failed(LoadUnit unit, String reading, String reason) {
    ledger.append(List.of(noted(unit, reading, State.FAILED, 0, reason)));
  }

  /** Notes that a file that is loaded was seen with another content; once for each. */
  public void changed(LoadUnit unit, FileHistory history) {
    boolean isNew =
        history.changed().filter(entry -> entry.contentTag().equals(unit.contentTag())).isEmpty();
    if (isNew) {
      ledger.append(List.of(noted(unit, "", State.CHANGED, ledger.newestTurn(), "")));
    }
  }

  private static LedgerEntry noted(
      LoadUnit unit, String attempt, State state, long turn, String reason) {
    return new LedgerEntry(
        unit.uri(),
        unit.contentTag(),
        unit.bytes(),
        attempt,
        state,
        turn,
        0,
        0,
        NO_DAYS,
        reason,
        now());
  }

  /** Returns the highest number of a turn that is over, or put aside; 0 if there was none. */
  long newestTurn() {
    return ledger.newestTurn();
  }

  /** Returns the id of the attempt that a turn has published, if the turn is over. */
  Optional<String> publishedIn(long turn) {
    return ledger.ofTurn(turn).stream()
        .filter(entry -> entry.state() == State.LOADED || entry.state() == State.SWEPT)
        .map(LedgerEntry::attempt)
        .findFirst();
  }

  /** The ledger keeps milliseconds. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
