package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.DateRange;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What loads have brought into the tables, and what they are about to bring. */
public final class Inventory {
  private final Ledger ledger;
  private final Turns turns;

  /** The inventory of some tables. */
  public Inventory(ClickPy clickpy, LoadNames names, Ledger ledger) {
    this.ledger = ledger;
    this.turns = new Turns(clickpy, names);
  }

  /**
   * Gives what is known of each file that is loaded, in the order of their names.
   *
   * @param days the only days that entries are given with
   */
  public void loaded(DateRange days, Consumer<FileHistory> reader) {
    List<LedgerEntry> ofOne = new ArrayList<>();
    ledger.scan(
        EnumSet.of(State.LOADED, State.CHANGED),
        days,
        entry -> {
          if (!ofOne.isEmpty() && !ofOne.get(0).uri().equals(entry.uri())) {
            read(ofOne, reader);
          }
          ofOne.add(entry);
        });
    read(ofOne, reader);
  }

  private static void read(List<LedgerEntry> ofOne, Consumer<FileHistory> reader) {
    FileHistory history = new FileHistory(ofOne);
    ofOne.clear();
    if (history.isLoaded()) {
      reader.accept(history);
    }
  }

  /** Returns the files of attempts whose turn is not over: STUCK if it was put aside, or STAGED. */
  public List<LedgerEntry> underWay(DateRange days) {
    return turns.all().stream()
        .flatMap(open -> open.turn().attempt().stream())
        .distinct()
        .flatMap(attempt -> underWay(ledger.ofAttempt(attempt.id())))
        .map(entry -> entry.on(days))
        .toList();
  }

  private static Stream<LedgerEntry> underWay(List<LedgerEntry> ofAttempt) {
    if (ofAttempt.stream().anyMatch(entry -> entry.state() == State.LOADED)) {
      return Stream.empty(); // Only the tables are left to be dropped.
    }
    boolean isStuck = ofAttempt.stream().anyMatch(entry -> entry.state() == State.STUCK);
    return ofAttempt.stream()
        .filter(entry -> entry.state() == (isStuck ? State.STUCK : State.STAGED));
  }
}
