package io.clickpy.ingest.internal.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.Completeness;
import io.clickpy.ingest.DayState;
import io.clickpy.ingest.DayStatus;
import io.clickpy.ingest.PublishedFile;
import io.clickpy.ingest.Tables;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of days whose files are in a part of the tables. */
class UnfinishedTurnsIT {
  private static final int ROWS = 20;
  private static final LoadUnit BEFORE = Rehearsal.unit("before");
  private static final LoadUnit UNIT = Rehearsal.unit("a");

  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private final Completeness completeness =
      Completeness.of(clickpy).expecting(day -> OptionalLong.of(2L * ROWS));
  private Rehearsal rehearsal;
  private Attempt attempt;
  private Turn turn;

  @BeforeEach
  void loadAndTakeATurn() {
    Tables.create(clickpy);
    rehearsal = new Rehearsal(clickpy);
    Attempt before = rehearsal.stage("before", BEFORE, 1, ROWS);
    assertThat(rehearsal.publisher("before").publish(before, List.of(BEFORE))).isEmpty();
    attempt = rehearsal.stage("dead", UNIT, 1, ROWS);
    turn = rehearsal.open(attempt);
  }

  @AfterEach
  void drop() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void aDayIsPartialUntilTheTurnIsOver() {
    String publishing = "Files that hold it are being published: memory:a.";
    assertThat(completeness.report().days())
        .containsExactly(partial(ROWS, "It has 20 downloads, and 40 are expected.", publishing));

    turn.notes().forEach(note -> rehearsal.move(attempt, note.table()));
    assertThat(completeness.report().days()).containsExactly(partial(2 * ROWS, publishing));
    assertThat(completeness.files()).extracting(PublishedFile::uri).containsExactly(BEFORE.uri());

    rehearsal.journal.loaded(attempt, turn.number());
    assertThat(completeness.report().isWhole()).as("the turn is only left to be dropped").isTrue();
    rehearsal.publisher("next").recover();
    assertThat(completeness.report().newestWholeDay()).contains(Rehearsal.DAY);
    assertThat(completeness.files())
        .extracting(PublishedFile::uri)
        .containsExactly(UNIT.uri(), BEFORE.uri());
  }

  @Test
  void whatNobodyCanTellIsSaidSo() {
    turn.notes().forEach(note -> rehearsal.move(attempt, note.table()));
    rehearsal.journal.stuck(attempt, turn.number(), "Somebody has to look.");
    assertThat(completeness.report().days())
        .containsExactly(
            partial(
                2 * ROWS, "Nobody can tell whether files that hold it are published: memory:a."));
  }

  /** What waits in private tables is nobody's business yet. */
  @Test
  void whatIsOnlyStagedDoesNotCount() {
    rehearsal.publisher("next").recover();
    rehearsal.stage("other", Rehearsal.unit("b"), 1, ROWS);
    assertThat(completeness.report().isWhole()).isTrue();
  }

  private static DayStatus partial(long downloads, String... reasons) {
    return new DayStatus(
        Rehearsal.DAY, DayState.PARTIAL, downloads, OptionalLong.of(2L * ROWS), List.of(reasons));
  }
}
