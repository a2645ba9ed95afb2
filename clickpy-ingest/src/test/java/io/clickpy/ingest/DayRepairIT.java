package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.source.ParquetSource;
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
    // The files of the source count as loaded, as do those of before.
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
