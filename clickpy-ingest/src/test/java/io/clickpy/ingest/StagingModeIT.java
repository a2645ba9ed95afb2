package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.LocalSource;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.ServerRead;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads by each way to stage. */
class StagingModeIT extends LoaderTestBase {
  @ParameterizedTest
  @EnumSource(
      value = StagingMode.class,
      names = {"SERVER_PULL", "PUSH_PARQUET", "PUSH_ROWS"})
  void aFileAndAnEmptyOneAreLoadedByEachWay(StagingMode mode) {
    requireSharedDisk(mode);
    List<Download> downloads = downloads(3_000);
    ExportFile.with().smallRowGroups().write(folder.resolve("a.parquet"), downloads);
    ExportFile.with().write(folder.resolve("empty.parquet"), List.of());
    LoadReport report = load(mode, folder).throwIfFailed();

    assertThat(report.loaded()).extracting(FileResult.Loaded::rowsRead).containsExactly(3_000L, 0L);
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads));
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
    assertThat(load(mode, folder).skipped()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = StagingMode.class,
      names = {"SERVER_PULL", "PUSH_PARQUET", "PUSH_ROWS"})
  void rejectedRowsAndOddTextsAreTheSameByEachWay(StagingMode mode) {
    requireSharedDisk(mode);
    Download good = Download.of("2024-08-12T10:00:00Z", "pandas");
    List<Download> kept = new ArrayList<>();
    for (String text :
        List.of("it's", "back\\slash", "\\N", "tab\tnewline\nnul\0", "😀 İ", "x".repeat(200_000))) {
      kept.add(new Download(good.timestamp(), "", text, text, text, text, "3", text));
    }
    List<Download> all = new ArrayList<>(kept);
    all.add(good.withTimestamp(null));
    all.add(good.withTimestamp(Instant.parse("1969-12-31T23:59:59.999999Z")));
    all.add(good.withTimestamp(Instant.parse("2149-06-07T00:00:00Z")));
    all.add(good.withProject(null));
    for (ExportFile.Shape shape : List.of(ExportFile.Shape.CLICKPY, ExportFile.Shape.FLAT)) {
      ExportFile.with().shape(shape).write(folder.resolve(shape + ".parquet"), all);
    }
    LoadReport report = load(mode, folder).throwIfFailed();

    assertThat(report.rejected())
        .isEqualTo(
            Map.of(
                RejectReason.NO_TIMESTAMP, 2L,
                RejectReason.TIMESTAMP_OUT_OF_RANGE, 4L,
                RejectReason.NO_PROJECT, 2L));
    kept.addAll(List.copyOf(kept));
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(kept));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @ParameterizedTest
  @EnumSource(
      value = StagingMode.class,
      names = {"SERVER_PULL", "PUSH_PARQUET", "PUSH_ROWS"})
  void aDamagedPageFailsItsFileByEachWay(StagingMode mode) throws IOException {
    requireSharedDisk(mode);
    Path path =
        ExportFile.with()
            .shape(ExportFile.Shape.MINIMAL)
            .codec(CompressionCodecName.UNCOMPRESSED)
            .withoutDictionaries()
            .write(folder.resolve("bad.parquet"), downloads(5_000));
    byte[] bad = Files.readAllBytes(path);
    Arrays.fill(bad, bad.length / 2, bad.length / 2 + 200, (byte) 0x5a);
    Files.write(path, bad);
    ExportFile.with().write(folder.resolve("good.parquet"), downloads(10));

    LoadReport report = load(mode, folder);

    assertThat(report.failed())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.uri()).isEqualTo(path.toUri());
              assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA);
            });
    assertThat(report.loaded()).hasSize(1);
    assertThat(Tables.count(clickpy)).isEqualTo(10);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void whatCannotBeReadHereIsRefusedAndPushedAsItIs() {
    Path path =
        ExportFile.with()
            .withoutDictionaries()
            .secondVersion()
            .write(folder.resolve("delta.parquet"), downloads(10));

    assertThat(load(StagingMode.PUSH_ROWS, folder).failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .asString()
        .matches(
            "Its column \\S+ cannot be read: values written as DELTA_\\w+, which cannot be read"
                + " here; StagingMode.PUSH_PARQUET lets the server do it\\.");
    assertThat(load(StagingMode.AUTO, path).throwIfFailed().rowsLoaded()).isEqualTo(10);
  }

  @Test
  void whatTheServerCannotReadItselfIsRefused() {
    Path path = ExportFile.with().write(folder.resolve("a.parquet"), downloads(10));
    LoadReport report =
        ParquetLoader.into(clickpy)
            .from(ParquetSource.local(path))
            .staging(StagingMode.SERVER_PULL)
            .load();

    assertThat(report.failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .isEqualTo(
            "The server cannot read it itself (its source does not say how). Use StagingMode.AUTO,"
                + " or a source that does, as ParquetSource.local(…).sharedWithServer().");
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void aNameThatIsAPatternToTheServerIsNotPulled() {
    requireSharedDisk(StagingMode.SERVER_PULL);
    ExportFile.with().write(folder.resolve("a{1,2}.parquet"), downloads(10));
    ExportFile.with().write(folder.resolve("a1.parquet"), downloads(10));
    LocalSource source = ParquetSource.local(folder).sharedWithServer();

    LoadReport report = ParquetLoader.into(clickpy).from(source).load();
    assertThat(report.loaded()).hasSize(1);
    assertThat(report.failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .isEqualTo(
            "The server cannot be told to read it: its name is a pattern to it (one of * ? { } ::)."
                + " Use StagingMode.PUSH_PARQUET.");
    LoadReport pushed =
        ParquetLoader.into(clickpy).from(source).staging(StagingMode.PUSH_PARQUET).load();
    assertThat(pushed.throwIfFailed().loaded()).hasSize(1);
  }

  @Test
  void theServerFetchesAUrlOnTheConditionThatItIsTheFileListed() throws IOException {
    try (HttpFileServer server = HttpFileServer.start()) {
      List<Download> downloads = downloads(500);
      byte[] content = export(downloads);
      URI uri = server.put("/a.parquet", content);
      LoadReport report =
          ParquetLoader.into(clickpy).from(ParquetSource.http(uri).reachableByServer()).load();

      assertThat(report.throwIfFailed().rowsLoaded()).isEqualTo(500);
      assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads));
      assertThat(server.requests())
          .filteredOn(
              request -> String.valueOf(request.header("User-Agent")).contains("ClickHouse"))
          .isNotEmpty()
          .allMatch(request -> request.header("If-Match") != null);
    }
  }

  @Test
  void aUrlThatChangesUnderTheServerFailsAndLeavesNothing() throws IOException {
    try (HttpFileServer server = HttpFileServer.start()) {
      URI uri = server.put("/a.parquet", export(downloads(500)));
      byte[] changed = export(downloads(501));
      server.whenAskedBy("ClickHouse", () -> server.put("/a.parquet", changed));
      LoadReport report =
          ParquetLoader.into(clickpy).from(ParquetSource.http(uri).reachableByServer()).load();

      assertThat(report.failed())
          .singleElement()
          .extracting(FileResult.Failed::reason)
          .asString()
          .startsWith("The server cannot read it (Code: ");
      Tables.assertNothingLoaded(clickpy);
      Tables.assertNothingStaged(clickpy);
    }
  }

  /** The server sees another file under the path than this program does. */
  @Test
  void aFileThatIsAnotherOnTheServerFails() throws IOException {
    requireSharedDisk(StagingMode.SERVER_PULL);
    Path path = ExportFile.with().write(folder.resolve("a.parquet"), downloads(10));
    List<SourceFile> listed = ParquetSource.local(path).list();
    SourceFile another =
        new Elsewhere(listed.get(0), new ServerRead.File(path.toString(), Instant.EPOCH));

    assertThat(ParquetLoader.into(clickpy).from(() -> List.of(another)).load().failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .asString()
        .startsWith("The server cannot read it (Code: 395")
        .contains("clickpy: another file");
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  /** A store that speaks S3, to which a collection of the server has the URL. */
  @Test
  void theServerReadsAnObjectByANamedCollection() throws IOException {
    try (HttpFileServer server = HttpFileServer.start()) {
      List<Download> downloads = downloads(500);
      byte[] content = export(downloads);
      server.put("/bucket/exports/a.parquet", content, Map.of("ETag", "\"abc\""));
      String collection = "clickpy_" + clickpy.database().value();
      Command.of(
              "CREATE NAMED COLLECTION %s AS url = '%s', no_sign_request = 1"
                  .formatted(collection, server.uri("/bucket/exports/")))
          .execute(clickpy);
      Path path = folder.resolve("a.parquet");
      Files.write(path, content);
      SourceFile listed = ParquetSource.local(path).list().get(0);
      try {
        assertThat(load(object(listed, collection, "\"abd\"")).failed())
            .singleElement()
            .extracting(FileResult.Failed::reason)
            .asString()
            .contains("clickpy: another file");
        assertThat(load(object(listed, collection, "\"abc\"")).throwIfFailed().rowsLoaded())
            .isEqualTo(500);
      } finally {
        Command.of("DROP NAMED COLLECTION " + collection).execute(clickpy);
      }
      assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads));
    }
  }

  private static SourceFile object(SourceFile file, String collection, String etag) {
    return new Elsewhere(
        file,
        new ServerRead.NamedCollection(ServerRead.ObjectStore.S3, collection, "a.parquet", etag));
  }

  private LoadReport load(SourceFile file) {
    return ParquetLoader.into(clickpy).from(() -> List.of(file)).load();
  }

  private LoadReport load(StagingMode mode, Path path) {
    LocalSource source = ParquetSource.local(path);
    return ParquetLoader.into(clickpy)
        .from(mode == StagingMode.SERVER_PULL ? source.sharedWithServer() : source)
        .staging(mode)
        .load();
  }

  /** Only the embedded server certainly sees this machine's disk. */
  private static void requireSharedDisk(StagingMode mode) {
    assumeTrue(
        mode != StagingMode.SERVER_PULL || System.getenv("CLICKPY_TEST_URL") == null,
        "skipped: the server of CLICKPY_TEST_URL need not see this machine's files");
  }

  private byte[] export(List<Download> downloads) throws IOException {
    Path path = folder.resolve("export-" + downloads.size());
    return Files.readAllBytes(ExportFile.with().smallRowGroups().write(path, downloads));
  }

  /** A file that the server finds somewhere else. */
  private record Elsewhere(SourceFile file, ServerRead read) implements ForwardingFile {
    @Override
    public Optional<ServerRead> serverRead() {
      return Optional.of(read);
    }
  }
}
