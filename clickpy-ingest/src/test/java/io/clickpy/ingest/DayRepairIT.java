package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
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

/** Days that were loaded wrong, and are put right. */
class DayRepairIT extends DayRepairTestBase {
  @Test
  void aDayEndsAsIfItHadBeenLoadedRight() {
    loadWrong();
    long before = of(wrong(right), DAY).size();

    RepairReport report = repair().replace(DAY, rightDay());

    assertTables(repaired());
    assertThat(report.days()).containsExactly(DAY);
    assertThat(report.rowsBefore()).isEqualTo(before);
    assertThat(report.rowsNow()).isEqualTo(of(right, DAY).size());
    assertThat(repair().kept())
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.days()).containsExactly(DAY);
              assertThat(kept.rowsBefore()).isEqualTo(before);
              assertThat(kept.rowsNow()).isEqualTo(report.rowsNow());
            });
    assertBlockNumbersAreForgotten();

    repair().confirm(DAY);
    assertThat(repair().kept()).isEmpty();
    Tables.assertNothingStaged(clickpy);
    assertTables(repaired());
  }

  @Test
  void partsMayBeMergedBeforeAndAfter() {
    loadWrong();
    optimize();
    repair().replace(DAY, rightDay());
    assertTables(repaired());
    optimize();
    assertTables(repaired());
  }

  @Test
  void whatCorrectionsBringToZeroIsMergedAway() {
    loadWrong();
    repair().replace(DAY, rightDay());
    optimize();
    assertThat(
            Query.of(
                    "SELECT count() AS n FROM pypi_downloads_per_day WHERE count = 0",
                    row -> row.longValue("n"))
                .fetch(clickpy))
        .containsExactly(0L);
  }

  @Test
  void whatWasThereComesBack() {
    loadWrong();
    List<List<String>> before = Tables.rows(clickpy);
    repair().replace(DAY, rightDay());

    RepairReport undone = repair().undo(DAY);

    assertThat(undone.rowsNow()).isEqualTo(of(wrong(right), DAY).size());
    assertThat(Tables.rows(clickpy)).isEqualTo(before);
    Tables.assertRollupsEqualRaw(clickpy);
    assertThat(repair().kept()).isEmpty();
    Tables.assertNothingStaged(clickpy);
    assertThatThrownBy(() -> repair().undo(DAY))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot undo the replacement of 2024-08-13 (nothing of that day is kept). kept() lists the days.");
  }

  @Test
  void aDayCanBeReplacedAgainWhenItIsConfirmed() {
    load(write("all", right)).throwIfFailed();
    repair().replace(DAY, ParquetSource.local(write("half", of(wrong(right), DAY))));
    assertThatThrownBy(() -> repair().replace(DAY, rightDay()))
        .isInstanceOf(ClickPyException.class)
        .hasMessageMatching(
            "Cannot replace 2024-08-13 \\(what was there until 2\\S+ is kept\\)\\. Call confirm\\(day\\) if the day is right now, or undo\\(day\\) if it is not\\.");
    repair().confirm(DAY);
    repair().replace(DAY, rightDay());
    assertTables(right);
  }

  @Test
  void theSameCallAgainDoesNothing() {
    loadWrong();
    RepairReport first = repair().replace(DAY, rightDay());
    RepairReport again = repair().replace(DAY, rightDay());
    assertThat(again.rowsBefore()).isEqualTo(first.rowsBefore());
    assertThat(again.rowsNow()).isEqualTo(first.rowsNow());
    assertTables(repaired());
  }

  @Test
  void theFilesOfTheSourceCountAsLoaded() {
    loadWrong();
    repair().replace(DAY, rightDay());
    assertThat(load(file("right"), file("wrong-1")).throwIfFailed().skipped()).hasSize(2);
    assertTables(repaired());
  }

  /** The file was loaded before; rows were deleted by hand, say. */
  @Test
  void theSourceMayHaveBeenLoadedBefore() {
    load(write("others", notOf(right, DAY)), write("right", of(right, DAY))).throwIfFailed();
    repair().replace(DAY, rightDay());
    assertTables(right);
  }

  @Test
  void aDayThatHadNothingGetsSomething() {
    load(write("others", notOf(right, DAY))).throwIfFailed();
    assertThat(repair().replace(DAY, rightDay()).rowsBefore()).isZero();
    assertTables(right);
    repair().undo(DAY);
    assertTables(notOf(right, DAY));
  }

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
  void phasesComeInTheirOrder() {
    loadWrong();
    List<RepairPhase> phases = new ArrayList<>();
    repair()
        .listener(event -> phases.add(event.phase()))
        .listener(
            event -> {
              throw new IllegalStateException("is logged");
            })
        .replace(DAY, rightDay());
    assertThat(phases).isSorted().contains(RepairPhase.values());
  }

  @Test
  void tablesWithAPrefixAreRepairedAlone() {
    PypiSchema other = PypiSchema.withPrefix("other_");
    Tables.create(clickpy, other);
    loadWrong();
    loader(file("wrong-1"), file("wrong-2")).schema(other).load().throwIfFailed();

    repair().schema(other).replace(DAY, rightDay());
    Tables.assertRollupsEqualRaw(clickpy, other);
    assertTables(wrong(right));
    assertThat(repair().schema(other).kept()).hasSize(1);
    assertThat(repair().kept()).isEmpty();
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

  private void assertNothingChanged(List<Download> expected) {
    assertTables(expected);
    Tables.assertNothingStaged(clickpy);
    assertThat(repair().kept()).isEmpty();
  }

  private void assertBlockNumbersAreForgotten() {
    assertThat(
            Query.of(
                    "SELECT position(engine_full, 'enable_block_number_column') AS at"
                        + " FROM system.tables WHERE database = currentDatabase() AND name = 'pypi'",
                    row -> row.longValue("at"))
                .fetch(clickpy))
        .containsExactly(0L);
  }
}
