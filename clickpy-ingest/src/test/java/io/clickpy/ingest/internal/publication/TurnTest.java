package io.clickpy.ingest.internal.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {
  private static final Attempt ATTEMPT = new Attempt("3fa9c2d1", 7);

  @Test
  void whatATableSaysIsTheTurn() {
    Turn turn =
        Turn.publishing(
                41,
                "00c0ffee",
                ATTEMPT,
                List.of(
                    new MoveNote(
                        "pypi",
                        123,
                        List.of(
                            new StagedPart("all_1_1_0", "ab"), new StagedPart("all_2_2_0", "c"))),
                    new MoveNote("pypi_downloads", 0, List.of(new StagedPart("all_1_1_0", "d")))))
            .next(
                "deadbeef",
                List.of(new MoveNote("pypi", 124, List.of(new StagedPart("all_2_2_0", "c")))));

    assertThat(turn.name()).isEqualTo("41_2");
    assertThat(Turn.parse(turn.name(), turn.comment())).isEqualTo(turn);
  }

  @Test
  void aCommentCanBeReadByPeople() {
    MoveNote note = new MoveNote("pypi", 123, List.of(new StagedPart("all_1_1_0", "ab")));
    assertThat(Turn.publishing(1, "00c0ffee", ATTEMPT, List.of(note)).comment())
        .isEqualTo("00c0ffee 3fa9c2d1_7\npypi 123 all_1_1_0=ab");
  }

  @Test
  void aTurnMayTakeRowsAwayBefore() {
    Removal removal =
        new Removal(List.of(LocalDate.of(2024, 8, 13), LocalDate.of(2024, 8, 12)), 17);
    Turn turn = Turn.publishing(1, "00c0ffee", ATTEMPT, List.of()).removing(removal);
    assertThat(turn.comment()).isEqualTo("00c0ffee 3fa9c2d1_7 2024-08-12,2024-08-13=17\n");
    assertThat(Turn.parse(turn.name(), turn.comment())).isEqualTo(turn);
    assertThat(turn.next("deadbeef", List.of()).removal()).contains(removal);
  }

  @Test
  void aTurnThatSweepsPublishesNothing() {
    Turn turn = Turn.sweeping(2, "00c0ffee");
    assertThat(Turn.parse(turn.name(), turn.comment())).isEqualTo(turn);
    assertThat(turn.publishes(ATTEMPT)).isFalse();
  }
}
