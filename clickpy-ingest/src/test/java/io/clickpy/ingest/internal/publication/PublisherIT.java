package io.clickpy.ingest.internal.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.Tables;
import io.clickpy.ingest.ledger.LedgerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loaders that die, come late, or meet. */
@Tag("slow")
class PublisherIT {
  private static final int ROWS = 20;
  private static final LoadUnit UNIT = Rehearsal.unit("a");
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private Rehearsal rehearsal;
  private Publisher publisher;

  @BeforeEach
  void createTables() {
    Tables.create(clickpy);
    rehearsal = new Rehearsal(clickpy);
    publisher = rehearsal.publisher("live");
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

  /** The loader has taken a turn and has moved so many tables; then nothing is heard of it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 15})
  void theNextLoadCompletesTheTurnOfADeadLoader(int moved) {
    Attempt dead = stage("dead");
    Turn turn = rehearsal.open(dead);
    turn.notes().stream().limit(moved).forEach(note -> rehearsal.move(dead, note.table()));

    publisher.recover();
    assertCountedOnce();
  }

  @Test
  void theNextLoadTidiesUpAfterALoaderThatDiedBehindTheLedger() {
    Attempt dead = stage("dead");
    Turn turn = rehearsal.open(dead);
    turn.notes().forEach(note -> rehearsal.move(dead, note.table()));
    rehearsal.journal.loaded(dead, turn.number());

    publisher.recover();
    assertCountedOnce();
  }

  @Test
  void whatADeadLoaderHasOnlyStagedIsSweptUp() {
    stage("dead");
    publisher.recover();
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void whatALoaderThatLivesHasStagedStays() {
    rehearsal.loaders.alive("busy", "here", LEASE);
    Attempt staged = stage("busy");
    publisher.recover();
    assertThat(rehearsal.publisher("busy").publish(staged, List.of(UNIT))).isEmpty();
    assertCountedOnce();
  }

  /** It was believed dead, and its tables were dropped: it must stage again, and says so. */
  @Test
  void aLoaderThatWasSweptUpPublishesNothing() {
    Attempt staged = stage("stalled");
    publisher.recover();

    assertThatThrownBy(() -> rehearsal.publisher("stalled").publish(staged, List.of(UNIT)))
        .isInstanceOf(LostAttemptException.class)
        .hasMessage(
            "Cannot publish what was staged (the tables of %s were dropped: its loader was not heard of for longer than its lease). Load again."
                .formatted(staged.id()));
    Tables.assertNothingLoaded(clickpy);
  }

  @Test
  void ofTwoAttemptsAtAFileOneIsPublished() {
    Attempt first = stage("live");
    Attempt second = stage("live");

    assertThat(publisher.publish(first, List.of(UNIT))).isEmpty();
    assertThat(publisher.publish(second, List.of(UNIT)).get(UNIT.uri()).loaded(UNIT))
        .get()
        .extracting(LedgerEntry::attempt)
        .isEqualTo(first.id());
    publisher.discard(second);
    assertCountedOnce();
  }

  @Test
  void ofTwoContentsOfAFileOneIsPublished() {
    Attempt first = stage("live");
    LoadUnit other = new LoadUnit("a2", UNIT.uri(), "2", 1);
    Attempt second = rehearsal.stage("live", other, 1, ROWS);

    assertThat(publisher.publish(first, List.of(UNIT))).isEmpty();
    FileHistory history = publisher.publish(second, List.of(other)).get(UNIT.uri());
    assertThat(history.isLoadedOtherwise(other)).isTrue();
    publisher.discard(second);
    assertCountedOnce();
  }

  /** A loader looked which number is next, and then slept while others published. */
  @Test
  void aTurnThatComesTooLateIsNone() {
    Attempt late = stage("late");
    Turn stale = Turn.publishing(1, "late", late, rehearsal.parts.notes(late));
    Attempt first = stage("live");
    assertThat(publisher.publish(first, List.of(UNIT))).isEmpty();
    assertThat(rehearsal.turns.open(stale, ServerLife.now(clickpy))).isTrue();

    // Whoever finds it drops it, and leaves what is staged to its loader.
    rehearsal.loaders.alive("late", "here", LEASE);
    publisher.recover();
    assertThat(rehearsal.turns.all()).isEmpty();
    assertThat(rehearsal.publisher("late").publish(late, List.of(UNIT))).containsKey(UNIT.uri());
    publisher.discard(late);
    assertCountedOnce();
  }

  /** Whose answer was lost: the turn is there, and its loader does not know. */
  @Test
  void aTurnOfOnesOwnIsFoundAgain() {
    Attempt staged = stage("live");
    rehearsal.open(staged);
    assertThat(publisher.publish(staged, List.of(UNIT))).isEmpty();
    assertCountedOnce();
  }

  /** Whose turn another loader has completed meanwhile. */
  @Test
  void anAttemptThatAnotherHasPublishedIsPublished() {
    Attempt staged = stage("slow");
    rehearsal.open(staged);
    publisher.recover();
    assertThat(rehearsal.publisher("slow").publish(staged, List.of(UNIT))).isEmpty();
    assertCountedOnce();
  }

  @Test
  void manyPublishersOfOneTurnMoveItOnce() throws Exception {
    for (int round = 1; round <= 2; round++) {
      LoadUnit unit = Rehearsal.unit("round-" + round);
      rehearsal.open(rehearsal.stage("dead", unit, 2, ROWS));
      List<Runnable> helpers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Publisher helper = rehearsal.publisher("helper-" + i);
        helpers.add(helper::recover);
      }
      atOnce(helpers);
      publisher.recover(); // What the last of them had no time to tidy up.
      assertThat(Tables.count(clickpy)).isEqualTo(2L * ROWS * round);
      Tables.assertRollupsEqualRaw(clickpy);
      Tables.assertNothingStaged(clickpy);
    }
  }

  @Test
  void loadersThatMeetTakeTurns() throws Exception {
    List<Runnable> loaders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String loader = "loader" + i;
      rehearsal.loaders.alive(loader, "here", LEASE);
      LoadUnit unit = Rehearsal.unit("file-" + i / 2);
      Attempt attempt = rehearsal.stage(loader, unit, 1, ROWS);
      loaders.add(
          () -> {
            Publisher own = rehearsal.publisher(loader);
            if (!own.publish(attempt, List.of(unit)).isEmpty()) {
              own.discard(attempt);
            }
          });
    }
    atOnce(loaders);
    assertThat(Tables.count(clickpy)).isEqualTo(2L * ROWS);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void aStatementOfAnEarlierLifeDoesNotRun() {
    ServerLife life = ServerLife.now(clickpy);
    life.execute(Command.of("CREATE TABLE now (a UInt8) ENGINE = Memory"));
    ServerLife ended = ServerLife.ofSession(clickpy, "clickpy-of-another-server");
    assertThatThrownBy(
            () -> ended.execute(Command.of("CREATE TABLE late (a UInt8) ENGINE = Memory")))
        .isInstanceOf(ServerLife.EndedException.class)
        .hasMessage("The server was restarted while it published.");
  }

  private Attempt stage(String loader) {
    return rehearsal.stage(loader, UNIT, 1, ROWS);
  }

  private void assertCountedOnce() {
    assertThat(Tables.count(clickpy)).isEqualTo(ROWS);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  private static void atOnce(List<Runnable> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    CountDownLatch start = new CountDownLatch(tasks.size());
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Runnable task : tasks) {
        all.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  task.run();
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
