package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

  private final Migration first =
      new Migration(1, "first", List.of(Step.of("CREATE a"), Step.of("CREATE b")));
  private final Migration second = new Migration(2, "second", List.of(Step.of("CREATE c")));

  private History history(Journal.Entry... entries) {
    return new History(
        List.of(first, second),
        Map.of(1, first.checksum(), 2, second.checksum()),
        List.of(entries));
  }

  private static Journal.Entry entry(Migration migration, int ordinal, Instant finished) {
    return new Journal.Entry(
        migration.version(), ordinal, migration.description(), migration.checksum(), finished);
  }

  @Test
  void emptyJournalLeavesEverythingPending() {
    assertThat(history().version()).isZero();
    assertThat(history().pending())
        .extracting(p -> p.statement().sql())
        .containsExactly("CREATE a", "CREATE b", "CREATE c");
  }

  @Test
  void interruptedMigrationGoesOnBehindItsLastStatement() {
    History history = history(entry(first, 1, NOON), entry(first, 1, NOON.plusSeconds(1)));

    assertThat(history.statuses())
        .containsExactly(
            new MigrationStatus(
                1, "first", MigrationState.INTERRUPTED, Optional.of(NOON.plusSeconds(1))),
            new MigrationStatus(2, "second", MigrationState.PENDING, Optional.empty()));
    assertThat(history.pending())
        .extracting(p -> p.statement().sql())
        .containsExactly("CREATE b", "CREATE c");
  }

  @Test
  void newestWholeMigrationIsTheVersion() {
    assertThat(history(entry(first, 1, NOON), entry(first, 2, NOON)).version()).isEqualTo(1);
  }

  @Test
  void migrationOfALaterProgramIsNewer() {
    Journal.Entry third = new Journal.Entry(3, 1, "third", "abc", NOON);

    assertThat(history(third).statuses())
        .last()
        .isEqualTo(new MigrationStatus(3, "third", MigrationState.NEWER, Optional.of(NOON)));
  }
}
