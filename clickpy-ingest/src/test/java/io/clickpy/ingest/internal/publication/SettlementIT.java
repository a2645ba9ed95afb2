package io.clickpy.ingest.internal.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.Tables;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that is killed within a move leaves, and what the next load makes of it. */
@Tag("slow")
class SettlementIT {
  private static final int PARTS = 2;
  private static final int ROWS = 50;
  private static final String RAW = "pypi";
  private static final String FINE = "pypi_downloads_per_day_by_version_by_python_by_country";
  private static final String MIDDLE = "pypi_downloads_per_day_by_version";
  private static final String COARSE = "pypi_downloads_per_month";
  private static final String DATES = "pypi_downloads_max_min";

  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private Rehearsal rehearsal;
  private Attempt attempt;
  private Turn turn;

  @BeforeEach
  void stageAndTakeATurn() {
    Tables.create(clickpy);
    rehearsal = new Rehearsal(clickpy);
    // Other rows of the same projects, loaded and inserted.
    Attempt before = rehearsal.stage("before", Rehearsal.unit("before"), PARTS, ROWS);
    rehearsal.publisher("before").publish(before, List.of(Rehearsal.unit("before")));
    insert();
    attempt = rehearsal.stage("dead", Rehearsal.unit("a"), PARTS, ROWS);
    turn = rehearsal.open(attempt);
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, MIDDLE, COARSE, DATES})
  void aTableThatWasMovedByHalfIsNotMovedTwice(String table) {
    moveAllBefore(table);
    rehearsal.moveByHalf(attempt, table);
    recoverAfterARestart();
    assertCountedOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, COARSE})
  void aTableThatWasNotMovedIsMoved(String table) {
    moveAllBefore(table);
    recoverAfterARestart();
    assertCountedOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, MIDDLE, COARSE, DATES})
  void sumsTellOfATableThatWasMovedByHalfWhenItsPartsAreMerged(String table) {
    moveAllBefore(table);
    rehearsal.moveByHalf(attempt, table);
    insert();
    rehearsal.mergeAway(table);
    recoverAfterARestart();
    assertCountedOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, COARSE})
  void sumsTellOfATableThatWasNotMovedWhenOthersInsert(String table) {
    moveAllBefore(table);
    insert();
    rehearsal.mergeAway(table);
    recoverAfterARestart();
    assertCountedOnce();
  }

  /** A move gives one part after the other. */
  @ParameterizedTest
  @ValueSource(strings = {RAW, FINE})
  void ofTheFirstPartAloneItIsKnownThatItCameThrough(String table) {
    moveAllBefore(table);
    moveFirstPart(table);
    recoverAfterARestart();
    assertCountedOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, FINE})
  void sumsTellOfTheFirstPartAlone(String table) {
    moveAllBefore(table);
    moveFirstPart(table);
    insert();
    rehearsal.mergeAway(table);
    recoverAfterARestart();
    assertCountedOnce();
  }

  /** The mover takes away what came through only when it moves the rest. */
  @Test
  void aSecondRestartDoesNotConfuseTheFirst() {
    moveFirstPart(RAW);
    rehearsal.forgetThatTheServerLives(turn);
    Settlement settlement = new Settlement(clickpy, rehearsal.names, rehearsal.parts);
    Turn second = turn.next("dead", settlement.rest(turn, attempt, false));
    assertThat(rehearsal.turns.open(second, ServerLife.now(clickpy))).isTrue();
    assertThat(second.notes().get(0).parts()).hasSize(PARTS - 1);
    rehearsal.forgetThatTheServerLives(second);

    rehearsal.publisher("next").recover();
    assertCountedOnce();
  }

  @Test
  void withoutARestartNothingIsInDoubt() {
    moveAllBefore(FINE);
    insert();
    rehearsal.mergeAway(FINE);
    rehearsal.publisher("next").recover();
    assertCountedOnce();
  }

  /** Somebody has deleted rows of the live table, so that no sum agrees with another. */
  @Test
  void whatNobodyCanTellIsPutAsideUntilSomebodyHasLooked() {
    moveAllBefore(RAW);
    rehearsal.moveByHalf(attempt, RAW);
    rehearsal.mergeAway(RAW);
    rehearsal.execute(
        "ALTER TABLE pypi DELETE WHERE cityHash64(project) % 2 = 0 SETTINGS mutations_sync = 2");
    rehearsal.forgetThatTheServerLives(turn);
    Publisher publisher = rehearsal.publisher("next");

    publisher.recover();
    LoadUnit unit = Rehearsal.unit("a");
    FileHistory history = publisher.histories(List.of(unit)).get(unit.uri());
    String ready = rehearsal.names.ready(attempt, RAW);
    assertThat(history.stuck().orElseThrow().reason())
        .isEqualTo(
            "Cannot tell whether %1$s was moved into pypi before the server was killed (neither parts nor sums say so). Compare them. If its rows are there: TRUNCATE TABLE %1$s. If not: ALTER TABLE %1$s MOVE PARTITION tuple() TO TABLE pypi. Then load again."
                .formatted(ready));
    // The same file cannot be published by another way, and other files are not held up.
    Attempt again = rehearsal.stage("next", unit, 1, ROWS);
    assertThat(publisher.publish(again, List.of(unit))).containsKey(unit.uri());
    publisher.discard(again);
    Attempt other = rehearsal.stage("next", Rehearsal.unit("b"), 1, ROWS);
    assertThat(publisher.publish(other, List.of(Rehearsal.unit("b")))).isEmpty();

    rehearsal.execute("TRUNCATE TABLE " + ready);
    publisher.recover();
    FileHistory after = publisher.histories(List.of(unit)).get(unit.uri());
    assertThat(after.loaded(unit)).isPresent();
    assertThat(after.stuck()).isEmpty();
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void aPrivateTableThatSomebodyDroppedIsNotTakenForMoved() {
    String ready = rehearsal.names.ready(attempt, RAW);
    rehearsal.execute("DROP TABLE " + ready);
    Publisher publisher = rehearsal.publisher("next");
    Attempt mine = rehearsal.stage("next", Rehearsal.unit("a"), 1, ROWS);

    assertThatThrownBy(() -> publisher.publish(mine, List.of(Rehearsal.unit("a"))))
        .isInstanceOf(UndecidedException.class)
        .hasMessage(
            "Cannot tell whether %s was moved into pypi (it was dropped). Only if no table has rows of this file: drop the tables clickpy_turn_%d_*, and load it again."
                .formatted(ready, turn.number()));
    rehearsal.execute("DROP TABLE clickpy_turn_%d_1".formatted(turn.number()));
    assertThat(publisher.publish(mine, List.of(Rehearsal.unit("a")))).isEmpty();
  }

  private void moveAllBefore(String table) {
    for (MoveNote note : turn.notes()) {
      if (note.table().equals(table)) {
        return;
      }
      rehearsal.move(attempt, note.table());
    }
  }

  private void moveFirstPart(String table) {
    String ready = rehearsal.names.ready(attempt, table);
    StagedPart first =
        turn.notes().stream()
            .filter(note -> note.table().equals(table))
            .findFirst()
            .orElseThrow()
            .parts()
            .get(0);
    rehearsal.execute("CREATE TABLE half AS " + ready);
    rehearsal.execute("ALTER TABLE half ATTACH PARTITION tuple() FROM " + ready);
    List<String> others =
        rehearsal.parts.staged(attempt).get(ready).stream()
            .filter(part -> !part.equals(first))
            .map(StagedPart::name)
            .toList();
    others.forEach(part -> rehearsal.execute("ALTER TABLE half DROP PART '%s'".formatted(part)));
    rehearsal.execute("ALTER TABLE %s ATTACH PARTITION tuple() FROM half".formatted(table));
    rehearsal.execute("DROP TABLE half SYNC");
  }

  /** Somebody writes into the raw table, and its views into the others. */
  private void insert() {
    rehearsal.execute(
        "INSERT INTO pypi SELECT '2024-08-12', 'US', 'project-0-' || number, 'sdist', 'pip', '3.12', 'Linux', '1.0' FROM numbers(%d)"
            .formatted(ROWS / 2));
  }

  private void recoverAfterARestart() {
    rehearsal.forgetThatTheServerLives(turn);
    rehearsal.publisher("next").recover();
  }

  private void assertCountedOnce() {
    List<String> versions = Tables.rows(clickpy).stream().map(row -> row.get(7)).toList();
    assertThat(versions).filteredOn(attempt.id()::equals).hasSize(PARTS * ROWS);
    assertThat(versions).filteredOn("before_1"::equals).hasSize(PARTS * ROWS);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }
}
