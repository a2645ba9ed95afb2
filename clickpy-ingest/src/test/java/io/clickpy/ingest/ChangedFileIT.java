package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.DateRange;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that have changed since they were loaded, and days that were replaced. */
class ChangedFileIT extends LoaderTestBase {
  private static final LocalDate TENTH = LocalDate.of(2024, 8, 10);
  private static final LocalDate ELEVENTH = TENTH.plusDays(1);
  private static final LocalDate TWELFTH = TENTH.plusDays(2);

  private final Completeness completeness = Completeness.of(clickpy);

  @Test
  void aChangedFileTakesItsOwnPlace() throws IOException {
    List<Download> others = List.of(at("2024-08-09T01:00:00Z"), at("2024-08-12T01:00:00Z"));
    load(write("other", others)).throwIfFailed();
    Path path = write("a", join(days(TENTH, "pandas", "boto3", "numpy"), days(ELEVENTH, "pandas")));
    load(path).throwIfFailed();

    for (String project : List.of("pandas", "flask")) {
      List<Download> now = join(days(TENTH, project), days(ELEVENTH, project, "boto3"));
      rewrite(path, now);
      LoadReport report = replacing(path);
      assertThat(report.throwIfFailed().rowsLoaded()).isEqualTo(3);
      assertTables(join(others, now));
    }

    assertThat(replacing(path).skipped()).hasSize(1);
    assertThat(DayRepair.of(clickpy).kept()).as("nothing is left to be confirmed").isEmpty();
    CompletenessReport report = completeness.report();
    assertThat(report.days(DayState.STALE)).isEmpty();
    assertThat(report.newestWholeDay()).contains(ELEVENTH);
    assertThat(completeness.files()).extracting(PublishedFile::downloads).containsExactly(3L, 2L);
  }

  @Test
  void whatOthersHoldTooIsNotReplaced() throws IOException {
    Path path = write("a", join(days(TENTH, "pandas", "boto3"), days(ELEVENTH, "pandas")));
    load(path, write("b", join(days(TENTH, "numpy"), days(TWELFTH, "numpy")))).throwIfFailed();
    List<List<String>> before = Tables.rows(clickpy);
    rewrite(path, days(TENTH, "pandas"));

    assertThat(replacing(path).failed())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(file.reason())
                  .isEqualTo(
                      "It was loaded before with another content, which it cannot replace (of the"
                          + " 3 downloads of 2024-08-10 it brought 2). Replace its days by all that"
                          + " they are to have: DayRepair.of(clickpy).replace(day, source).");
            });
    assertThat(Tables.rows(clickpy)).isEqualTo(before);
    assertThat(completeness.report().days(DayState.STALE))
        .extracting(DayStatus::day)
        .containsExactly(TENTH, ELEVENTH);
  }

  @Test
  void aContentThatDoesNotFitReplacesNothing() throws IOException {
    Path path = write("a", days(TENTH, "pandas", "boto3"));
    load(path).throwIfFailed();
    rewrite(path, join(days(TENTH, "pandas"), days(TWELFTH, "pandas")));
    assertThat(replacing(path).failed())
        .extracting(FileResult.Failed::reason)
        .containsExactly(
            "Cannot replace 2024-08-10 (the source has downloads of other days: 1 of 2024-08-12)."
                + " Nothing was changed. Export exactly the day, in UTC.");

    Files.writeString(path, "This is no Parquet, but long enough to be asked.");
    assertThat(replacing(path).failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .asString()
        .startsWith("Cannot replace days by " + path.toUri() + " (It is not Parquet")
        .endsWith("Nothing was changed.");
    assertTables(days(TENTH, "pandas", "boto3"));

    rewrite(path, days(TENTH, "numpy"));
    replacing(path).throwIfFailed();
    assertTables(days(TENTH, "numpy"));
  }

  /** Its rows are in the tables no more, and are nobody's lack. */
  @Test
  void aDayThatWasReplacedIsMeasuredByItsReplacement() throws IOException {
    Path path =
        write("a", join(join(days(TENTH, "a", "b"), days(ELEVENTH, "a", "b")), days(TWELFTH, "a")));
    load(path).throwIfFailed();
    rewrite(path, days(ELEVENTH, "a"));
    assertThat(load(path).failed()).hasSize(1);
    Path right = write("right", days(ELEVENTH, "a"));
    DayRepair repair = DayRepair.of(clickpy);
    repair.replace(ELEVENTH, ParquetSource.local(right));

    CompletenessReport report = completeness.report();
    assertThat(report.day(ELEVENTH).orElseThrow().state()).isEqualTo(DayState.WHOLE);
    assertThat(report.day(ELEVENTH).orElseThrow().downloads()).isEqualTo(1);
    assertThat(report.day(TENTH).orElseThrow().state()).isEqualTo(DayState.STALE);
    assertThat(completeness.files().get(0).days()).containsOnlyKeys(TENTH, TWELFTH);
    assertThat(completeness.files().get(1).days()).containsOnlyKeys(ELEVENTH);
    assertThat(replacing(path).failed())
        .extracting(FileResult.Failed::reason)
        .containsExactly(
            "It was loaded before with another content, which it cannot replace (of the 5 downloads"
                + " that it brought 3 are left, since days were replaced). Replace its days by all"
                + " that they are to have: DayRepair.of(clickpy).replace(day, source).");

    repair.undo(ELEVENTH);
    assertThat(completeness.report().day(ELEVENTH).orElseThrow())
        .returns(DayState.WHOLE, DayStatus::state)
        .returns(2L, DayStatus::downloads);
    assertThat(completeness.files()).hasSize(2);
    assertThat(completeness.between(DateRange.of(ELEVENTH, ELEVENTH)).files())
        .as("what was brought back is no file's")
        .isEmpty();
  }

  private LoadReport replacing(Path path) {
    return loader(path).onChangedFile(ChangedFile.REPLACE).load();
  }

  private Path write(String name, List<Download> downloads) {
    return ExportFile.with().write(file(name), downloads);
  }

  private static void rewrite(Path path, List<Download> downloads) throws IOException {
    Files.delete(path);
    ExportFile.with().write(path, downloads);
  }

  private static List<Download> join(List<Download> some, List<Download> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static List<Download> days(LocalDate day, String... projects) {
    List<Download> downloads = new ArrayList<>();
    for (String project : projects) {
      downloads.add(Download.of(day + "T12:00:00Z", project));
    }
    return downloads;
  }

  private static Download at(String timestamp) {
    return Download.of(timestamp, "pandas");
  }

  private void assertTables(List<Download> expected) {
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(expected));
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }
}
