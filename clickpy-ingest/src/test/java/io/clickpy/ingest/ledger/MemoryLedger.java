package io.clickpy.ingest.ledger;

import io.clickpy.core.DateRange;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The simplest ledger there is; all loads of one program may share it. */
public final class MemoryLedger implements Ledger {
  private final Map<List<Object>, LedgerEntry> entries = new LinkedHashMap<>();

  @Override
  public void open() {}

  @Override
  public synchronized void append(List<LedgerEntry> some) {
    some.forEach(entry -> entries.putIfAbsent(key(entry), entry));
  }

  private static List<Object> key(LedgerEntry entry) {
    return List.of(entry.uri(), entry.contentTag(), entry.attempt(), entry.state(), entry.turn());
  }

  @Override
  public synchronized long newestTurn() {
    return entries.values().stream().mapToLong(LedgerEntry::turn).max().orElse(0);
  }

  @Override
  public List<LedgerEntry> ofTurn(long turn) {
    return select(entry -> entry.turn() == turn).stream().map(LedgerEntry::withoutDays).toList();
  }

  @Override
  public List<LedgerEntry> ofAttempt(String attempt) {
    return select(entry -> entry.attempt().equals(attempt));
  }

  @Override
  public List<LedgerEntry> ofFiles(Collection<URI> files) {
    return select(entry -> files.contains(entry.uri()) && entry.state() != State.STAGED).stream()
        .map(LedgerEntry::withoutDays)
        .toList();
  }

  @Override
  public void scan(Set<State> states, DateRange days, Consumer<? super LedgerEntry> reader) {
    select(entry -> states.contains(entry.state())).stream()
        .sorted(Comparator.comparing(LedgerEntry::uri).thenComparing(LedgerEntry::turn))
        .map(entry -> entry.on(days))
        .forEach(reader);
  }

  private synchronized List<LedgerEntry> select(Predicate<LedgerEntry> which) {
    return entries.values().stream().filter(which).toList();
  }
}
