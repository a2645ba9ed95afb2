package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in the tables is what is in the files. */
class LoadedRowsIT extends LoaderTestBase {
  @ParameterizedTest
  @EnumSource(
      value = ExportFile.Shape.class,
      names = {"BIGQUERY", "CLICKPY", "FLAT"})
  void everyShapeGivesTheSameRows(ExportFile.Shape shape) {
    List<Download> downloads = downloads(500);
    load(ExportFile.with().shape(shape).write(file("a"), downloads)).throwIfFailed();

    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads));
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void whatAFileLacksIsEmpty() {
    Download download = Download.of("2024-08-12T10:00:00Z", "pandas");
    load(ExportFile.with().shape(ExportFile.Shape.MINIMAL).write(file("a"), List.of(download)))
        .throwIfFailed();

    assertThat(Tables.rows(clickpy))
        .containsExactly(List.of("2024-08-12", "", "pandas", "", "", "", "", "1.0"));
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void everyCodecGivesTheSameRows(CompressionCodecName codec) {
    List<Download> downloads = downloads(3_000);
    Path plain =
        ExportFile.with().codec(codec).withoutDictionaries().write(file("plain"), downloads);
    Path grouped =
        ExportFile.with().codec(codec).smallRowGroups().write(file("grouped"), downloads);
    load(plain, grouped).throwIfFailed();

    List<Download> twice = new ArrayList<>(downloads);
    twice.addAll(downloads);
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(twice));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @ParameterizedTest
  @CsvSource({
    "MILLIS,true",
    "MILLIS,false",
    "MICROS,true",
    "MICROS,false",
    "NANOS,true",
    "NANOS,false"
  })
  void timestampsAreUtcWhateverTheirUnitAndFlag(ChronoUnit unit, String adjusted) {
    List<Download> downloads =
        Stream.of(
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59.999Z",
                "2024-03-01T00:00:00Z",
                "2024-03-10T02:30:00Z",
                "2149-06-06T23:59:59.999Z")
            .map(timestamp -> Download.of(timestamp, "pandas"))
            .toList();
    load(ExportFile.with().timestamps(unit, adjusted).write(file("a"), downloads)).throwIfFailed();

    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads));
  }

  @Test
  void rowsThatAreNoDownloadsAreRejectedAndCounted() {
    Download good = Download.of("2024-08-12T10:00:00Z", "pandas");
    List<Download> rows =
        List.of(
            good,
            good.withTimestamp(null),
            good.withTimestamp(Instant.parse("1969-12-31T23:59:59.999999Z")),
            good.withTimestamp(Instant.parse("2149-06-07T00:00:00Z")),
            good.withProject(null),
            good.withProject(""),
            good.withProject("").withTimestamp(null),
            good);
    LoadReport report = load(ExportFile.with().write(file("a"), rows)).throwIfFailed();

    assertThat(report.rejected())
        .isEqualTo(
            Map.of(
                RejectReason.NO_TIMESTAMP, 2L,
                RejectReason.TIMESTAMP_OUT_OF_RANGE, 2L,
                RejectReason.NO_PROJECT, 2L));
    assertThat(report.rowsRead()).isEqualTo(8);
    assertThat(report.rowsRejected()).isEqualTo(6);
    assertThat(report.rowsLoaded()).isEqualTo(2);
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(List.of(good, good)));
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void anyTextSurvives() {
    List<String> texts =
        List.of(
            "it's",
            "\"quoted\"",
            "back\\slash",
            "\\N",
            "NULL",
            "tab\tand\nnewline",
            "nul\0inside",
            "{p:String}",
            "'; DROP TABLE pypi; --",
            "%0A",
            "😀 Ünïcödé İ",
            "x".repeat(10_000));
    List<Download> downloads =
        texts.stream()
            .map(
                text ->
                    new Download(
                        Instant.parse("2024-08-12T10:00:00Z"),
                        text,
                        text,
                        text,
                        text,
                        text,
                        "3.1" + text.replace(".", ""),
                        text))
            .toList();
    load(ExportFile.with().write(file("a"), downloads)).throwIfFailed();

    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @Test
  void projectNamesComeIntoNormalForm() {
    List<Download> downloads =
        Stream.of("Scikit_Learn", "zope.interface", "a-_.B", "plain", "-._-")
            .map(name -> Download.of("2024-08-12T10:00:00Z", name))
            .toList();
    load(ExportFile.with().write(file("a"), downloads)).throwIfFailed();

    assertThat(Tables.rows(clickpy))
        .extracting(row -> row.get(2))
        .containsExactlyInAnyOrder("scikit-learn", "zope-interface", "a-b", "plain", "-");
  }

  @Test
  void anEmptyFileIsLoadedAndHasNoRows() {
    Path empty = ExportFile.with().write(file("a"), List.of());
    LoadReport report = load(empty).throwIfFailed();

    assertThat(report.loaded())
        .singleElement()
        .extracting(FileResult.Loaded::rowsRead)
        .isEqualTo(0L);
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
    assertThat(load(empty).skipped()).hasSize(1);
  }

  @Test
  void severalFilesAddUp() {
    List<Download> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<Download> downloads = downloads(1_000 + i);
      all.addAll(downloads);
      ExportFile.with().smallRowGroups().write(file("part-" + i), downloads);
    }
    LoadReport report = load(folder).throwIfFailed();

    assertThat(report.files()).hasSize(4);
    assertThat(report.rowsLoaded()).isEqualTo(all.size());
    assertThat(report.bytes())
        .isEqualTo(report.files().stream().mapToLong(FileResult::bytes).sum());
    assertThat(report.rowsPerSecond()).isPositive();
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(all));
    Tables.assertRollupsEqualRaw(clickpy);
  }
}
