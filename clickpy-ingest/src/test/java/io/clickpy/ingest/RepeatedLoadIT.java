package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that a load has seen before. */
class RepeatedLoadIT extends LoaderTestBase {
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
                          + " downloads twice. Load only new rows, under a new name; or replace what it"
                          + " brought, with onChangedFile(ChangedFile.REPLACE).");
            });
    assertThat(Tables.count(clickpy)).isEqualTo(100);
  }

  @Test
  void aFileThatIsTheFaultItselfIsNotTriedAgainUntilItChanges() throws IOException {
    Path bad = Files.writeString(file("a"), "This is no Parquet, but long enough to be asked.");
    String reason = "It is not Parquet, or has been cut off: it does not end in PAR1.";
    assertThat(load(bad).failed()).extracting(FileResult.Failed::reason).containsExactly(reason);

    assertThat(load(bad).failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(failed.reason())
                  .startsWith("It failed on 2")
                  .endsWith(
                      "Z, and is not tried again until it changes or retryFailed() is asked for: "
                          + reason);
            });
    assertThat(loader(bad).retryFailed().load().failed())
        .extracting(FileResult.Failed::reason)
        .containsExactly(reason);

    Files.delete(bad);
    ExportFile.with().write(bad, downloads(5));
    assertThat(load(bad).throwIfFailed().rowsLoaded()).isEqualTo(5);
  }

  @Test
  void aFileThatCannotBeReadIsTriedAgain() throws IOException {
    Path path = ExportFile.with().write(file("a"), downloads(5));
    List<SourceFile> listed = ParquetSource.local(path).list();
    Path elsewhere = Files.move(path, file("b"));
    assertThat(ParquetLoader.into(clickpy).from(() -> listed).load().failed()).hasSize(1);

    Files.move(elsewhere, path);
    assertThat(ParquetLoader.into(clickpy).from(() -> listed).load().loaded()).hasSize(1);
  }

  @Test
  void oneNameWithTwoContentsIsLoadedOnce() throws IOException {
    Path path = ExportFile.with().write(file("a"), downloads(5));
    SourceFile before = ParquetSource.local(path).list().get(0);
    SourceFile after =
        new Renamed(
            ParquetSource.local(ExportFile.with().write(file("b"), downloads(7))).list().get(0),
            before.uri());

    LoadReport report = ParquetLoader.into(clickpy).from(() -> List.of(before, after)).load();

    assertThat(report.loaded()).hasSize(1);
    assertThat(report.failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .asString()
        .startsWith("It was loaded before with another content");
    assertThat(Tables.count(clickpy)).isEqualTo(5);
  }

  /** Two schemas in one database know nothing of each other. */
  @Test
  void tablesWithAPrefixHaveTheirOwnRecords() {
    PypiSchema other = PypiSchema.withPrefix("other_");
    Tables.create(clickpy, other);
    Path path = ExportFile.with().write(file("a"), downloads(50));
    assertThat(load(path).throwIfFailed().loaded()).hasSize(1);

    ParquetLoader loader = loader(path).schema(other);
    assertThat(loader.load().throwIfFailed().loaded()).hasSize(1);
    assertThat(loader.load().throwIfFailed().skipped()).hasSize(1);
    assertThat(Tables.count(clickpy)).isEqualTo(50);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertRollupsEqualRaw(clickpy, other);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void theTablesOfClickPyAreNotOursToFill() {
    assertThatThrownBy(() -> loader(folder).schema(PypiSchema.ofClickPy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid schema: PypiSchema[ClickPy's own] (only ClickPy fills its tables)."
                + " Use PypiSchema.ofDefaults() or withPrefix(…).");
  }

  @Test
  void aLeaseIsNotShorterThanASecond() {
    assertThatThrownBy(() -> loader(folder).lease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid lease: PT0.999S (must be at least PT1S)");
  }

  /** A file under another name. */
  private record Renamed(SourceFile file, URI uri) implements ForwardingFile {}
}
