package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.util.Comparator;
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

  /** Returns how the content of the file was loaded that is in the tables, if one is. */
  public Optional<LedgerEntry> current() {
    return entries.stream()
        .filter(entry -> entry.state() == State.LOADED)
        .max(Comparator.comparingLong(LedgerEntry::turn));
  }

  /** Returns how this content of the file was loaded, if it is in the tables. */
  public Optional<LedgerEntry> loaded(LoadUnit unit) {
    return current().filter(entry -> entry.contentTag().equals(unit.contentTag()));
  }

  /** Returns the other content that the file was seen with since it was loaded, if it was. */
  public Optional<LedgerEntry> changed() {
    return current()
        .flatMap(
            loaded ->
                entries.stream()
                    .filter(entry -> entry.state() == State.CHANGED)
                    .filter(entry -> entry.turn() >= loaded.turn())
                    .filter(entry -> !entry.contentTag().equals(loaded.contentTag()))
                    .max(Comparator.comparing(LedgerEntry::at)));
  }

  /** Returns whether the file is loaded, with whatever content. */
  public boolean isLoaded() {
    return mentions(State.LOADED);
  }

  /** Returns whether another content of the file is in the tables. */
  public boolean isLoadedOtherwise(LoadUnit unit) {
    return isLoaded() && loaded(unit).isEmpty();
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
