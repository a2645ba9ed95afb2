package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.DateRange;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What loads have brought into the tables, and what they are about to bring. */
public final class Inventory {
  private static final int REPAIRS_AT_ONCE = 100;

  private final Ledger ledger;
  private final Turns turns;

  /** The newest replacement of each day that was replaced. */
  private final Map<LocalDate, LedgerEntry> replaced;

  private Inventory(Ledger ledger, Turns turns, Map<LocalDate, LedgerEntry> replaced) {
    this.ledger = ledger;
    this.turns = turns;
    this.replaced = replaced;
  }

  /** Returns an inventory of some tables, which takes account of what is replaced by now. */
  public static Inventory take(ClickPy clickpy, LoadNames names, Ledger ledger) {
    return new Inventory(ledger, new Turns(clickpy, names), replaced(ledger));
  }

  /**
   * Gives each file that is loaded, in the order of their names.
   *
   * @param days the only days that they are given with
   */
  public void files(DateRange days, Consumer<LoadedFile> reader) {
    List<LedgerEntry> ofOne = new ArrayList<>();
    ledger.scan(
        EnumSet.of(State.LOADED, State.CHANGED),
        days,
        entry -> {
          if (!ofOne.isEmpty() && !ofOne.get(0).uri().equals(entry.uri())) {
            file(new FileHistory(ofOne)).ifPresent(reader);
            ofOne.clear();
          }
          ofOne.add(entry);
        });
    file(new FileHistory(ofOne)).ifPresent(reader);
  }

  private Optional<LoadedFile> file(FileHistory history) {
    return history
        .current()
        .filter(entry -> !LoadUnit.isRepair(entry.uri()))
        .map(entry -> new LoadedFile(entry, notReplaced(entry), history.changed().isPresent()));
  }

  /** A day that is replaced later has nothing left of what a file brought. */
  private SortedMap<LocalDate, Long> notReplaced(LedgerEntry file) {
    SortedMap<LocalDate, Long> days = new TreeMap<>(file.days());
    days.keySet()
        .removeIf(day -> replaced.containsKey(day) && replaced.get(day).turn() > file.turn());
    return days;
  }

  /**
   * Returns what is left in the tables of a content of a file.
   *
   * @param loaded how it was loaded; its days need not be there
   */
  public SortedMap<LocalDate, Long> left(LedgerEntry loaded) {
    return ledger.ofAttempt(loaded.attempt()).stream()
        .filter(entry -> entry.withoutDays().equals(loaded.withoutDays()))
        .findFirst()
        .map(this::notReplaced)
        .orElseGet(TreeMap::new);
  }

  /** Returns the downloads of days that replacements have brought without any file. */
  public Map<LocalDate, Long> besidesFiles() {
    Map<LocalDate, Long> rows = new HashMap<>();
    replaced.forEach((day, entry) -> rows.put(day, entry.days().getOrDefault(day, 0L)));
    return rows;
  }

  private static Map<LocalDate, LedgerEntry> replaced(Ledger ledger) {
    Map<LocalDate, LedgerEntry> newest = new HashMap<>();
    List<LedgerEntry> some;
    long number = 1;
    do {
      some = repairs(ledger, number);
      some.stream()
          .flatMap(repair -> ledger.ofAttempt(repair.attempt()).stream())
          .filter(entry -> entry.state() == State.LOADED && LoadUnit.isRepair(entry.uri()))
          .forEach(
              entry ->
                  entry.days().keySet().forEach(day -> newest.merge(day, entry, Inventory::newer)));
      number += REPAIRS_AT_ONCE;
    } while (!some.isEmpty());
    return newest;
  }

  private static LedgerEntry newer(LedgerEntry a, LedgerEntry b) {
    return a.turn() >= b.turn() ? a : b;
  }

  private static List<LedgerEntry> repairs(Ledger ledger, long first) {
    List<URI> names =
        LongStream.range(first, first + REPAIRS_AT_ONCE).mapToObj(LoadUnit::repair).toList();
    return ledger.ofFiles(names).stream().filter(entry -> entry.state() == State.LOADED).toList();
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
