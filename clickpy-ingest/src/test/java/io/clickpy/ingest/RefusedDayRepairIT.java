package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.internal.DayReplacement;
import io.clickpy.ingest.internal.EmptyDays;
import io.clickpy.ingest.internal.LoadOptions;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not replaced, and why. */
class RefusedDayRepairIT extends DayRepairTestBase {
  @Test
  void anEmptySourceIsRefusedUnlessItIsMeant() {
    load(write("all", right)).throwIfFailed();
    ParquetSource empty = ParquetSource.local(write("empty", List.of()));
    assertThatThrownBy(() -> repair().replace(DAY, empty))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot replace 2024-08-13 (the source has no downloads). Nothing was changed. If the day had none, say so: DayRepair.allowEmpty().");
    assertNothingChanged(right);

    assertThat(repair().allowEmpty().replace(DAY, empty).rowsNow()).isZero();
    assertTables(notOf(right, DAY));
    optimize();
    assertTables(notOf(right, DAY));
  }

  @Test
  void aSourceWithOtherDaysIsRefused() {
    load(write("all", right)).throwIfFailed();
    List<Download> more =
        join(
            of(right, DAY),
            List.of(
                Download.of("2024-08-14T00:00:00Z", "pandas"),
                Download.of("2024-08-11T23:59:59Z", "pandas"),
                Download.of("2024-08-14T00:00:01Z", "pandas")));
    assertThatThrownBy(() -> repair().replace(DAY, ParquetSource.local(write("more", more))))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot replace 2024-08-13 (the source has downloads of other days: 1 of 2024-08-11, 2 of 2024-08-14). Nothing was changed. Export exactly the day, in UTC.");
    assertNothingChanged(right);
  }

  @Test
  void aDamagedSourceIsRefused() throws Exception {
    load(write("all", right)).throwIfFailed();
    Path bad = Files.writeString(file("bad"), "This is no Parquet, but long enough to be asked.");
    assertThatThrownBy(() -> repair().replace(DAY, ParquetSource.local(bad)))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot replace days by %s (It is not Parquet, or has been cut off: it does not end in PAR1.) Nothing was changed."
                .formatted(bad.toUri()));
    assertNothingChanged(right);
  }

  /** A correction of a rollup that is wrong would leave it wrong. */
  @Test
  void aRollupThatDisagreesIsToBeMendedFirst() {
    load(write("all", right)).throwIfFailed();
    execute(
        "INSERT INTO pypi_downloads_per_day_by_country (project, date, country_code, count) VALUES ('pandas', '2024-08-13', 'US', 5)");
    int rows = of(right, DAY).size();
    DayReplacement impatient =
        new DayReplacement(
            clickpy,
            LoadOptions.ofDefaults().withLease(Duration.ofSeconds(1)),
            EmptyDays.REFUSED,
            List.of());
    assertThatThrownBy(() -> impatient.replace(List.of(DAY), rightDay().list()))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot replace 2024-08-13 (pypi_downloads_per_day_by_country tells of %d downloads, and pypi has %d). Nothing was changed. A rollup can be corrected only if it agrees with the raw table: mend it first, SchemaMigrator.of(clickpy).repair()."
                .formatted(rows + 5, rows));
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(right));
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void whatCameSinceIsNotLostByUndoing() {
    loadWrong();
    repair().replace(DAY, rightDay());
    Download late = Download.of("2024-08-13T10:00:00Z", "pandas");
    load(write("late", List.of(late))).throwIfFailed();
    int rows = of(right, DAY).size();
    assertThatThrownBy(() -> repair().undo(DAY))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot undo the replacement of 2024-08-13 (there were %d rows, and others have come or gone since: there are %d). Nothing was changed. confirm it, and replace the day by what it is to have."
                .formatted(rows, rows + 1));
    assertTables(join(repaired(), List.of(late)));
    assertThat(repair().kept()).hasSize(1);
  }

  @Test
  void oneRepairWorksAtATime() {
    load(write("all", right)).throwIfFailed();
    List<Throwable> failures = new ArrayList<>();
    repair()
        .listener(
            event -> {
              if (event.phase() == RepairPhase.COMPARING && event.fraction() == 0) {
                try {
                  repair().replace(DAY.plusDays(1), rightDay());
                } catch (ClickPyException e) {
                  failures.add(e);
                }
              }
            })
        .replace(DAY, rightDay());
    assertThat(failures)
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .matches(
                        "Cannot replace days in database \\S+ \\(another program does, as [0-9a-f]{8}\\)\\. Call again when it has ended; a dead one is waited for no longer than its lease\\."));
    assertTables(right);
  }

  @Test
  void anInterruptStopsItBeforeAnythingIsChanged() {
    loadWrong();
    List<Download> wrong = wrong(right);
    DayRepair interrupted =
        repair()
            .listener(
                event -> {
                  if (event.phase() == RepairPhase.COMPARING) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      assertThatThrownBy(() -> interrupted.replace(DAY, rightDay()))
          .isInstanceOfSatisfying(
              ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertNothingChanged(wrong);
    repair().replace(DAY, rightDay());
    assertTables(repaired());
  }

  @Test
  void otherEnginesAreRefused() {
    execute("DROP TABLE pypi_downloads_per_month");
    execute(
        "CREATE TABLE pypi_downloads_per_month (month Date, project String, count Int64) ENGINE = Memory");
    assertThatThrownBy(() -> repair().replace(DAY, rightDay()))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot replace days in database %s (pypi_downloads_per_month has the engine Memory). It works on a single server with plain MergeTree tables only."
                .formatted(clickpy.database()));
  }

  @Test
  void theTablesOfClickPyAreNotOursToRepair() {
    assertThatThrownBy(() -> repair().schema(PypiSchema.ofClickPy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid schema: PypiSchema[ClickPy's own]");
  }

  @Test
  void nothingIsKeptOfADayThatWasNotReplaced() {
    assertThat(repair().kept()).isEmpty();
    assertThatThrownBy(() -> repair().confirm(LocalDate.of(2024, 1, 1)))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot confirm 2024-01-01 (nothing of that day is kept). kept() lists the days.");
  }

  @Test
  void aLeaseIsNotShorterThanASecond() {
    assertThatThrownBy(() -> repair().lease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid lease: PT0.999S (must be at least PT1S)");
  }

  private void assertNothingChanged(List<Download> expected) {
    assertTables(expected);
    Tables.assertNothingStaged(clickpy);
    assertThat(repair().kept()).isEmpty();
  }
}
