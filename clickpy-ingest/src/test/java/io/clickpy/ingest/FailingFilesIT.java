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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, sources and databases that cannot be used. */
class FailingFilesIT extends LoaderTestBase {
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

  /**
   * A file of a source that gives so many ranges and then breaks for good, with an exception of its
   * own.
   */
  private record Failing(SourceFile file, AtomicInteger opens) implements ForwardingFile {
    @Override
    public InputStream open(long offset, long length) throws IOException {
      if (opens.getAndDecrement() <= 0) {
        throw new IllegalStateException("bucket is gone");
      }
      return file.open(offset, length);
    }
  }
}
