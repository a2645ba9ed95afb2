package io.clickpy.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.DateRange;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger must do; a test of one gives two programs' views of it. */
public abstract class LedgerContract {
  private static final Instant AT = Instant.parse("2024-08-12T10:11:12.345Z");
  private static final URI A = URI.create("gs://bucket/a.parquet");
  private static final URI B = URI.create("file:///tmp/b%20'%F0%9F%98%80.parquet");

  private static final LocalDate DAY = LocalDate.of(2024, 2, 29);
  private static final SortedMap<LocalDate, Long> NO_DAYS = new TreeMap<>();
  private static final SortedMap<LocalDate, Long> DAYS =
      new TreeMap<>(
          Map.of(
              LocalDate.EPOCH,
              1L,
              DAY,
              1L << 40,
              DAY.plusDays(1),
              2L,
              DAY.plusDays(3),
              3L,
              LocalDate.of(2149, 6, 6),
              5L));

  private Ledger ledger;
  private Ledger elsewhere;

  /** Returns the ledger under test. */
  protected abstract Ledger ledger();

  /** Returns the same ledger, as another program has it. */
  protected abstract Ledger elsewhere();

  @BeforeEach
  void open() {
    ledger = ledger();
    elsewhere = elsewhere();
    ledger.open();
    elsewhere.open();
  }

  @Test
  void aNewLedgerIsEmpty() {
    assertThat(ledger.newestTurn()).isZero();
    assertThat(ledger.ofTurn(1)).isEmpty();
    assertThat(ledger.ofAttempt("loader_1")).isEmpty();
    assertThat(ledger.ofFiles(List.of(A, B))).isEmpty();
    assertThat(ledger.ofFiles(List.of())).isEmpty();
  }

  @Test
  void whatIsAppendedIsReadAsItWas() {
    LedgerEntry loaded =
        new LedgerEntry(
            B, "tag '\"\\\t😀", 1L << 40, "loader_1", State.LOADED, 7, 1L << 33, 12, DAYS, "", AT);
    LedgerEntry failed =
        new LedgerEntry(
            A, "2", 5, "AUTO [a]", State.FAILED, 0, 0, 0, NO_DAYS, "It's\nnot\0 Parquet", AT);
    ledger.append(List.of(loaded, failed));

    assertThat(elsewhere.ofFiles(List.of(A, B)))
        .containsExactlyInAnyOrder(loaded.withoutDays(), failed);
    assertThat(elsewhere.ofFiles(List.of(A))).containsExactly(failed);
    assertThat(elsewhere.ofTurn(7)).containsExactly(loaded.withoutDays());
    assertThat(elsewhere.ofAttempt("loader_1")).containsExactly(loaded);
    assertThat(elsewhere.newestTurn()).isEqualTo(7);
  }

  @Test
  void theStatesOfAFileStandBesideOneAnother() {
    for (State state : State.values()) {
      ledger.append(List.of(entry(A, "loader_1", state, 3)));
    }
    assertThat(ledger.ofTurn(3)).extracting(LedgerEntry::state).containsOnlyOnce(State.values());
    assertThat(ledger.ofFiles(List.of(A)))
        .as("what is only staged is asked by attempt")
        .hasSize(State.values().length - 1)
        .extracting(LedgerEntry::state)
        .doesNotContain(State.STAGED);
    assertThat(ledger.ofAttempt("loader_1"))
        .extracting(LedgerEntry::state)
        .containsOnlyOnce(State.values());
  }

  @Test
  void anEntryThatIsSaidAgainIsOne() {
    LedgerEntry loaded = entry(A, "loader_1", State.LOADED, 1);
    LedgerEntry later =
        new LedgerEntry(
            A, "tag", 1, "loader_1", State.LOADED, 1, 10, 0, DAYS, "", AT.plusSeconds(1));
    ledger.append(List.of(loaded));
    ledger.append(List.of(loaded));
    elsewhere.append(List.of(later));

    assertThat(ledger.ofFiles(List.of(A)))
        .singleElement()
        .usingRecursiveComparison()
        .ignoringFields("at")
        .isEqualTo(loaded.withoutDays());
    assertThat(ledger.ofTurn(1)).hasSize(1);
    assertThat(ledger.ofAttempt("loader_1")).hasSize(1);
  }

  @Test
  void contentsAttemptsAndTurnsOfAFileAreTold() {
    List<LedgerEntry> all =
        List.of(
            entry(A, "loader_1", State.STUCK, 1),
            entry(A, "loader_1", State.LOADED, 1),
            entry(A, "loader_2", State.LOADED, 1),
            entry(A, "loader_2", State.LOADED, 2),
            new LedgerEntry(A, "other", 1, "loader_2", State.LOADED, 2, 10, 0, DAYS, "", AT));
    ledger.append(all);
    assertThat(ledger.ofFiles(List.of(A)))
        .containsExactlyInAnyOrderElementsOf(all.stream().map(LedgerEntry::withoutDays).toList());
  }

  @Test
  void aScanGivesFilesAndTurnsInOrderWithSomeDays() {
    LedgerEntry second = entry(A, "loader_2", State.LOADED, 10);
    LedgerEntry first = entry(A, "loader_1", State.LOADED, 9);
    LedgerEntry other = entry(B, "loader_1", State.CHANGED, 2);
    ledger.append(List.of(second, entry(A, "loader_1", State.STAGED, 0), other));
    ledger.append(List.of(first, entry(A, "loader_1", State.STUCK, 9)));

    DateRange some = DateRange.of(DAY.plusDays(1), DAY.plusDays(3));
    List<LedgerEntry> seen = new ArrayList<>();
    elsewhere.scan(EnumSet.of(State.LOADED, State.CHANGED), some, seen::add);
    assertThat(seen).containsExactly(other.on(some), first.on(some), second.on(some));
    assertThat(seen.get(0).days())
        .isEqualTo(new TreeMap<>(Map.of(DAY.plusDays(1), 2L, DAY.plusDays(3), 3L)));
  }

  /** As the files of an export of everything have; it is more than a parameter can hold. */
  @Test
  void aFileMayHoldEveryDayThereIs() {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    for (int day = 0; day < 1 << 16; day++) {
      days.put(LocalDate.ofEpochDay(day), 1_000_000L + day);
    }
    LedgerEntry entry =
        new LedgerEntry(A, "tag", 1, "loader_1", State.STAGED, 0, 9, 0, days, "", AT);
    ledger.append(List.of(entry, entry(B, "loader_1", State.STAGED, 0)));
    assertThat(elsewhere.ofAttempt("loader_1")).hasSize(2).contains(entry);
  }

  @Test
  void manyFilesAreAskedAtOnce() {
    List<URI> files =
        IntStream.range(0, 2_000).mapToObj(i -> URI.create("gs://bucket/" + i)).toList();
    ledger.append(
        IntStream.range(0, 64)
            .mapToObj(i -> entry(files.get(31 * i), "loader_1", State.LOADED, 1))
            .toList());
    assertThat(elsewhere.ofFiles(files)).hasSize(64);
  }

  /** Linearizable: whose append has returned, is seen by all, with everything that it appended. */
  @Test
  void allProgramsSeeWhatIsAppended() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> programs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String loader = "loader" + i;
        Ledger mine = i % 2 == 0 ? ledger : elsewhere;
        Ledger others = i % 2 == 0 ? elsewhere : ledger;
        programs.add(pool.submit(() -> appendAndLook(loader, mine, others)));
      }
      for (Future<?> program : programs) {
        program.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void appendAndLook(String loader, Ledger mine, Ledger others) {
    for (int turn = 1; turn <= 10; turn++) {
      String attempt = loader + "_" + turn;
      mine.append(
          List.of(
              entry(URI.create("gs://bucket/1"), attempt, State.LOADED, turn),
              entry(URI.create("gs://bucket/2"), attempt, State.LOADED, turn)));
      assertThat(others.newestTurn()).isGreaterThanOrEqualTo(turn);
      assertThat(others.ofAttempt(attempt)).hasSize(2);
      assertThat(others.ofTurn(turn)).extracting(LedgerEntry::attempt).contains(attempt);
    }
  }

  private static LedgerEntry entry(URI uri, String attempt, State state, long turn) {
    return new LedgerEntry(uri, "tag", 1, attempt, state, turn, 10, 0, DAYS, "", AT);
  }
}
