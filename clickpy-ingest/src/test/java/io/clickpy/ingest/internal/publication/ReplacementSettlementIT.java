package io.clickpy.ingest.internal.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.ingest.Tables;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a killed server leaves of a turn that replaces rows: the raw table has the new ones, and the
 * rollups the difference to the old.
 */
@Tag("slow")
class ReplacementSettlementIT {
  private static final String RAW = "pypi";
  private static final String FINE =
      "pypi_downloads_per_day_by_version_by_installer_by_type_by_country";
  private static final String COARSE = "pypi_downloads";

  private static final Removal REPLACED = new Removal(List.of(LocalDate.of(2024, 8, 12)), 3);

  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private Rehearsal rehearsal;
  private Attempt attempt;
  private Turn turn;

  @BeforeEach
  void openATurnThatReplaces() {
    Tables.create(clickpy);
    rehearsal = new Rehearsal(clickpy);
    rehearsal.execute(
        "CREATE TABLE clickpy_repairs (id String, state String) ENGINE = MergeTree ORDER BY id");
    rehearsal.execute("ALTER TABLE pypi MODIFY SETTING enable_block_number_column = 1");
    insert(RAW, "2024-08-12", 0, 60, "1.0"); // Wrong: too few of some, too many of others.
    insert(RAW, "2024-08-12", 0, 20, "2.0");
    insert(RAW, "2024-08-13", 0, 50, "1.0");
    attempt = stage();
    turn =
        Turn.publishing(
                rehearsal.journal.newestTurn() + 1,
                attempt.loader(),
                attempt,
                rehearsal.parts.notes(attempt))
            .removing(REPLACED);
    assertThat(rehearsal.turns.open(turn, ServerLife.now(clickpy))).isTrue();
  }

  /** The new rows: half of the projects are gone, others have more, others as many as before. */
  private Attempt stage() {
    Attempt staged = rehearsal.stage("dead", Rehearsal.unit("a"), 0, 0);
    PypiSchema ready = rehearsal.names.ready(staged);
    insert(ready.downloads().name(), "2024-08-12", 30, 120, "1.0");
    rehearsal.execute("CREATE TABLE old AS pypi");
    rehearsal.execute("INSERT INTO old SELECT * FROM pypi WHERE date = '2024-08-12'");
    for (Rollup rollup : ready.rollups()) {
      String keys = String.join(", ", rollup.sortKey());
      String select = rollup.selectFrom(ready.downloads());
      rehearsal.execute(
          rollup.measure() == Measure.DATE_RANGE
              ? "INSERT INTO %s (%s, max_date, min_date) %s".formatted(rollup.name(), keys, select)
              : "INSERT INTO %1$s (%2$s, count) SELECT %2$s, sum(n) AS d FROM (SELECT %2$s, toInt64(count) AS n FROM (%3$s) UNION ALL SELECT %2$s, -toInt64(count) FROM (%4$s)) GROUP BY %2$s HAVING d != 0"
                  .formatted(
                      rollup.name(),
                      keys,
                      select,
                      select.replace(ready.downloads().name(), "old")));
    }
    return staged;
  }

  private void insert(String table, String day, int from, int to, String version) {
    rehearsal.execute(
        "INSERT INTO %s SELECT '%s', 'US', 'project-' || (%d + number), 'sdist', 'pip', '3.12', 'Linux', '%s' FROM numbers(%d)"
            .formatted(table, day, from, version, to - from));
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, FINE, COARSE})
  void sumsTellOfATableThatWasMovedByHalf(String table) {
    moveAllBefore(table);
    rehearsal.moveByHalf(attempt, table);
    insert(RAW, "2024-08-14", 0, 40, "1.0");
    rehearsal.mergeAway(table);
    recoverAfterARestart();
    assertReplaced();
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, FINE, COARSE})
  void sumsTellOfATableThatWasNotMoved(String table) {
    moveAllBefore(table);
    insert(RAW, "2024-08-14", 0, 40, "1.0");
    rehearsal.mergeAway(table);
    recoverAfterARestart();
    assertReplaced();
  }

  /** The server died before it had removed anything. */
  @Test
  void whoeverCompletesTheTurnRemovesWhatIsReplaced() {
    insert(RAW, "2024-08-14", 0, 40, "1.0");
    rehearsal.publisher("next").recover();
    assertReplaced();
  }

  private void moveAllBefore(String table) {
    new Remover(clickpy, rehearsal.names).remove(REPLACED, attempt, ServerLife.now(clickpy));
    for (MoveNote note : turn.notes()) {
      if (note.table().equals(table)) {
        return;
      }
      rehearsal.move(attempt, note.table());
    }
  }

  private void recoverAfterARestart() {
    rehearsal.forgetThatTheServerLives(turn);
    rehearsal.publisher("next").recover();
  }

  private void assertReplaced() {
    List<List<String>> rows = Tables.rows(clickpy);
    assertThat(rows).filteredOn(row -> row.get(0).equals("2024-08-12")).hasSize(90);
    assertThat(rows).hasSize(90 + 50 + 40);
    // First and last days are not the turn's business.
    Tables.assertCountsEqualRaw(clickpy);
    rehearsal.execute("DROP TABLE old SYNC");
    Tables.assertNothingStaged(clickpy);
  }
}
