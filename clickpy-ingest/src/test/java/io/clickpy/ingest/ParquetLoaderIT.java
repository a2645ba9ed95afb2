package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetLoaderIT {
  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();

  @BeforeEach
  void createTables() {
    Tables.create(clickpy);
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

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

  @Test
  void theSameFileCountsOnce() {
    Path path = ExportFile.with().write(file("a"), downloads(100));
    load(path).throwIfFailed();
    LoadReport again = load(path, path).throwIfFailed();

    assertThat(again.skipped()).hasSize(2);
    assertThat(again.rowsLoaded()).isZero();
    assertThat(Tables.count(clickpy)).isEqualTo(100);
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @Test
  void aFileThatChangedSinceItWasLoadedIsRefused() {
    Path path = ExportFile.with().write(file("a"), downloads(100));
    load(path).throwIfFailed();
    assertThat(path.toFile().delete()).isTrue();
    ExportFile.with().write(path, downloads(50));

    assertThat(load(path).failed())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.uri()).isEqualTo(path.toUri());
              assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(file.reason())
                  .isEqualTo(
                      "It was loaded before with another content, so that loading it would count"
                          + " downloads twice. Load only new rows, under a new name.");
            });
    assertThat(Tables.count(clickpy)).isEqualTo(100);
  }

  @Test
  void aFileThatFailsDoesNotStopTheOthers() throws IOException {
    ExportFile.with().write(file("1-good"), downloads(10));
    Files.writeString(file("2-text"), "This is no Parquet, but long enough to be asked.");
    Files.write(file("3-empty"), new byte[0]);
    Path cut = ExportFile.with().write(file("4-cut"), downloads(10));
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
    ExportFile.with().write(file("5-good"), downloads(10));

    LoadReport report = load(folder);

    assertThat(report.loaded()).hasSize(2);
    assertThat(report.failed())
        .extracting(FileResult.Failed::uri)
        .containsExactly(file("2-text").toUri(), file("3-empty").toUri(), cut.toUri());
    assertThat(Tables.count(clickpy)).isEqualTo(20);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
    String notParquet = "It is not Parquet, or has been cut off: it does not end in PAR1.";
    assertThatThrownBy(report::throwIfFailed)
        .isInstanceOf(LoadException.class)
        .hasMessage(
            "Cannot load 3 of 5 files. Load again once they are mended: what is loaded is skipped."
                + "\n  %s: %s\n  %s: It is not Parquet: it has only 0 bytes.\n  %s: %s"
                    .formatted(
                        file("2-text").toUri(),
                        notParquet,
                        file("3-empty").toUri(),
                        cut.toUri(),
                        notParquet));
  }

  @Test
  void aFileThatVanishesFailsByName() throws IOException {
    Path path = ExportFile.with().write(file("a"), downloads(10));
    ParquetSource listedBefore = listed(ParquetSource.local(path));
    Files.delete(path);

    assertThat(ParquetLoader.into(clickpy).from(listedBefore).load().failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .isEqualTo("It cannot be read (NoSuchFileException: %s).".formatted(path));
  }

  private static ParquetSource listed(ParquetSource source) throws IOException {
    var files = source.list();
    return () -> files;
  }

  /** A source fails in its own way, at the first bytes asked for or in the middle of an insert. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void aSourceThatThrowsWhateverItLikesFailsItsFileOnly(int opens) throws IOException {
    SourceFile good =
        ParquetSource.local(ExportFile.with().write(file("a"), downloads(10))).list().get(0);
    SourceFile odd =
        ParquetSource.local(ExportFile.with().write(file("b"), downloads(20))).list().get(0);
    SourceFile last =
        ParquetSource.local(ExportFile.with().write(file("c"), downloads(30))).list().get(0);
    List<SourceFile> files = List.of(good, new Failing(odd, new AtomicInteger(opens)), last);

    LoadReport report = ParquetLoader.into(clickpy).from(() -> files).load();

    assertThat(report.loaded()).hasSize(2);
    assertThat(report.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(failed.reason())
                  .isEqualTo("It cannot be read (IllegalStateException: bucket is gone).");
            });
    assertThat(Tables.count(clickpy)).isEqualTo(40);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void aSourceThatCannotListSaysSoInOurWords() {
    ParquetSource source =
        () -> {
          throw new UncheckedIOException(new IOException("bucket is gone"));
        };
    assertThatThrownBy(() -> ParquetLoader.into(clickpy).from(source).load())
        .isInstanceOf(ClickPyException.class)
        .hasMessageStartingWith("Cannot list ")
        .hasMessageEndingWith(
            "(UncheckedIOException: java.io.IOException: bucket is gone)."
                + " Check that it is there and may be read.");
  }

  @Test
  void aConnectionThatIsClosedOnTheWayLosesNoReport() {
    for (String name : List.of("a", "b", "c")) {
      ExportFile.with().write(file(name), downloads(10));
    }
    ClickPy other =
        ClickPy.connect(TestServer.config().database(clickpy.database().value()).build());
    LoadReport report =
        ParquetLoader.into(other)
            .from(ParquetSource.local(folder))
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted && event.progress().filesDone() == 1) {
                    other.close();
                  }
                })
            .load();

    assertThat(report.loaded()).hasSize(1);
    assertThat(report.failed())
        .extracting(FileResult.Failed::code)
        .containsExactly(ErrorCode.CONNECTION, ErrorCode.CONNECTION);
    assertThat(report.failed().get(0).reason())
        .startsWith("Cannot use the connection to ")
        .endsWith(": it is closed");
    assertThat(report.failed().get(1).reason())
        .startsWith("It was not tried: the load stopped before (Cannot use the connection to ");
    assertThat(Tables.count(clickpy)).isEqualTo(10);
  }

  /** A file of a source that breaks after so many ranges, with an exception of its own. */
  private record Failing(SourceFile file, AtomicInteger opens) implements SourceFile {
    @Override
    public URI uri() {
      return file.uri();
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public String contentTag() {
      return file.contentTag();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
      if (opens.getAndDecrement() == 0) {
        throw new IllegalStateException("bucket is gone");
      }
      return file.open(offset, length);
    }
  }

  @Test
  void withoutTablesTheWayOutIsNamed() {
    ClickPy empty = TestServer.connectToEmptyDatabase();
    try {
      ParquetSource source = ParquetSource.local(ExportFile.with().write(file("a"), downloads(1)));
      assertThatThrownBy(() -> ParquetLoader.into(empty).from(source).load())
          .hasMessageStartingWith(
              "Cannot load into database %s (it has no pypi, pypi_downloads_per_day_by_version"
                  .formatted(empty.database()))
          .hasMessageEndingWith("). Migrate it: SchemaMigrator.of(clickpy).migrate().");
    } finally {
      TestServer.dropAndClose(empty);
    }
  }

  @Test
  void withoutASourceNothingIsAsked() {
    assertThatThrownBy(() -> ParquetLoader.into(clickpy).load())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No source to load. Name one: from(ParquetSource.local(…)).");
  }

  @Test
  void eventsTellTheProgress() throws IOException {
    ExportFile.with().write(file("a"), downloads(1_000));
    Files.writeString(file("b"), "no Parquet at all, this");
    ExportFile.with().write(file("c"), downloads(1_000));
    load(file("c"));
    List<LoadEvent> events = new ArrayList<>();
    ParquetLoader.into(clickpy)
        .from(ParquetSource.local(folder))
        .listener(
            event -> {
              throw new IllegalStateException("a listener that fails");
            })
        .listener(events::add)
        .load();

    assertThat(events)
        .filteredOn(event -> !(event instanceof LoadEvent.FileProgressed))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "FileStarted", "FileLoaded", "FileStarted", "FileFailed", "FileStarted", "FileSkipped");
    assertThat(events).extracting(event -> event.progress().fraction()).isSorted();
    LoadProgress last = events.get(events.size() - 1).progress();
    assertThat(last.filesDone()).isEqualTo(3);
    assertThat(last.filesTotal()).isEqualTo(3);
    assertThat(last.rowsRead()).isEqualTo(1_000);
    assertThat(last.fraction()).isEqualTo(1.0);
  }

  @Test
  void anInterruptedThreadLoadsNothingAndSaysSo() {
    Path a = ExportFile.with().write(file("a"), downloads(10));
    Path b = ExportFile.with().write(file("b"), downloads(10));
    ParquetLoader loader =
        ParquetLoader.into(clickpy)
            .from(ParquetSource.local(a))
            .from(ParquetSource.local(b))
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted) {
                    Thread.currentThread().interrupt();
                  }
                });
    LoadReport report = loader.load();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.failed())
        .extracting(FileResult.Failed::code)
        .containsExactly(ErrorCode.CANCELLED, ErrorCode.CANCELLED);
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
    assertThat(load(a, b).throwIfFailed().rowsLoaded()).isEqualTo(20);
  }

  private LoadReport load(Path... paths) {
    ParquetLoader loader = ParquetLoader.into(clickpy);
    for (Path path : paths) {
      loader = loader.from(ParquetSource.local(path));
    }
    return loader.load();
  }

  private Path file(String name) {
    return folder.resolve(name + ".parquet");
  }

  /** Downloads of a few days, with NULLs where exports have them; always the same. */
  private static List<Download> downloads(int count) {
    Random random = new Random(count);
    List<Download> downloads = new ArrayList<>();
    Instant start = Instant.parse("2024-08-11T22:00:00Z");
    for (int i = 0; i < count; i++) {
      downloads.add(
          new Download(
              start.plusSeconds(random.nextInt(4 * 86_400)),
              pick(random, "US", "DE", "JP", "", null),
              pick(random, "pandas", "boto3", "Flask_Login", "zope.interface"),
              pick(random, "1.0", "2.0rc1", "1!3.0", null),
              pick(random, "sdist", "bdist_wheel", null),
              pick(random, "pip", "uv", "bandersnatch", null),
              pick(random, "3.12.1", "3.9.10", "2.7", "3", "", null),
              pick(random, "Linux", "Darwin", "Windows", null)));
    }
    return downloads;
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
