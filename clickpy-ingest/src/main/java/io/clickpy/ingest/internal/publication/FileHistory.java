package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that the ledger says about a file, whatever its contents were.
 *
 * @param entries in no order
 */
public record FileHistory(List<LedgerEntry> entries) {
  /** Of a file that the ledger does not know. */
  public static final FileHistory NONE = new FileHistory(List.of());

  /** Copies the list. */
  public FileHistory {
    entries = List.copyOf(entries);
  }

  /** Returns how this content of the file was loaded, if it was. */
  public Optional<LedgerEntry> loaded(LoadUnit unit) {
    return find(State.LOADED, unit).findFirst();
  }

  /** Returns whether the file is loaded, with whatever content. */
  public boolean isLoaded() {
    return mentions(State.LOADED);
  }

  /** Returns whether another content of the file is loaded. */
  public boolean isLoadedOtherwise(LoadUnit unit) {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.state() == State.LOADED && !entry.contentTag().equals(unit.contentTag()));
  }

  /** Returns why nobody can tell whether the file is loaded, if it is so; whatever its content. */
  public Optional<LedgerEntry> stuck() {
    return entries.stream()
        .filter(entry -> entry.state() == State.STUCK)
        .filter(entry -> !isLoadedBy(entry.attempt()))
        .findFirst();
  }

  private boolean isLoadedBy(String attempt) {
    return entries.stream()
        .anyMatch(entry -> entry.state() == State.LOADED && entry.attempt().equals(attempt));
  }

  /** Returns why this content of the file cannot be loaded, if it was tried in the same way. */
  public Optional<LedgerEntry> failed(LoadUnit unit, String reading) {
    return find(State.FAILED, unit).filter(entry -> entry.attempt().equals(reading)).findFirst();
  }

  boolean mentions(State state) {
    return entries.stream().anyMatch(entry -> entry.state() == state);
  }

  /** Returns this history without what was stuck in turns that are not there any more. */
  FileHistory withStuckIn(Set<Long> openTurns) {
    return new FileHistory(
        entries.stream()
            .filter(entry -> entry.state() != State.STUCK || openTurns.contains(entry.turn()))
            .toList());
  }

  private Stream<LedgerEntry> find(State state, LoadUnit unit) {
    return entries.stream()
        .filter(entry -> entry.state() == state)
        .filter(entry -> entry.contentTag().equals(unit.contentTag()));
  }
}
