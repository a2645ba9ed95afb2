package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.RetryPolicy;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.HttpSource;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads from a real HTTP server, good and bad. */
@Tag("slow")
class HttpSourceIT {
  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private final HttpFileServer server = HttpFileServer.start();

  @BeforeEach
  void createTables() {
    Tables.create(clickpy);
  }

  @AfterEach
  void dropTables() {
    server.close();
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void aBadConnectionLosesNothingAndDoublesNothing() throws IOException {
    List<Download> downloads = downloads(20_000);
    URI uri = server.put("/a.parquet", export(downloads));
    Random random = new Random(5);
    for (int i = 0; i < 30; i++) {
      if (random.nextBoolean()) {
        server.thenCutAfter(random.nextInt(3_000));
      } else {
        server.then(503);
      }
    }
    LoadReport report = load(source(uri).retries(patient()));

    assertThat(report.throwIfFailed().loaded())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.uri()).isEqualTo(uri);
              assertThat(file.rowsRead()).isEqualTo(downloads.size());
            });
    assertThat(server.isDone()).isTrue();
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads));
    Tables.assertRollupsEqualRaw(clickpy);
    assertThat(load(source(uri)).skipped()).hasSize(1);
  }

  @Test
  void onlyWhatIsNeededIsFetched() throws IOException {
    byte[] file =
        Files.readAllBytes(
            ExportFile.with()
                .shape(ExportFile.Shape.BIGQUERY)
                .withoutDictionaries()
                .write(folder.resolve("a"), downloads(20_000)));
    load(source(server.put("/a.parquet", file))).throwIfFailed();

    long asked =
        server.requests().stream()
            .map(request -> request.header("Range").substring("bytes=".length()).split("-", -1))
            .mapToLong(range -> Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1)
            .sum();
    assertThat(asked).isPositive().isLessThan(file.length * 9L / 10);
  }

  @Test
  void aFileThatChangesUnderTheLoadFailsAndLeavesNothing() throws IOException {
    URI uri = server.put("/a.parquet", export(downloads(2_000)));
    List<Download> later = downloads(2_001);
    byte[] changed = export(later);
    // The footer is that of the old file, the data are those of the new.
    LoadReport report =
        ParquetLoader.into(clickpy)
            .from(listedOnce(source(uri)))
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted) {
                    server.put("/a.parquet", changed);
                  }
                })
            .load();

    assertThat(report.failed())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(file.error().isRetryable()).isTrue();
              assertThat(file.reason())
                  .isEqualTo(
                      "It has changed since it was listed. Load again, once nobody writes to it.");
            });
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);

    load(source(uri)).throwIfFailed();
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(later));
  }

  @Test
  void aServerThatGoesAwayFailsItsFileOnly() throws IOException {
    URI uri = server.put("/a.parquet", export(downloads(2_000)));
    Path local = ExportFile.with().write(folder.resolve("good.parquet"), downloads(10));
    LoadReport report =
        ParquetLoader.into(clickpy)
            .from(listedOnce(source(uri)))
            .from(ParquetSource.local(local))
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted) {
                    server.close();
                  }
                })
            .load();

    assertThat(report.failed())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.error().isRetryable()).isTrue();
              assertThat(file.reason())
                  .startsWith("It cannot be read (")
                  .endsWith("). Check that the server runs and that this machine reaches it.");
            });
    assertThat(report.loaded()).hasSize(1);
    assertThat(Tables.count(clickpy)).isEqualTo(10);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  private LoadReport load(ParquetSource source) {
    return ParquetLoader.into(clickpy).from(source).load();
  }

  private static HttpSource source(URI uri) {
    return ParquetSource.http(uri)
        .retries(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)));
  }

  private static RetryPolicy patient() {
    return new RetryPolicy(31, Duration.ofMillis(1), Duration.ofMillis(2));
  }

  private static ParquetSource listedOnce(ParquetSource source) throws IOException {
    var files = source.list();
    return () -> files;
  }

  private byte[] export(List<Download> downloads) throws IOException {
    Path path = folder.resolve("export-" + downloads.size());
    return Files.readAllBytes(ExportFile.with().smallRowGroups().write(path, downloads));
  }

  private static List<Download> downloads(int count) {
    Instant start = Instant.parse("2024-08-12T00:00:00Z");
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Download.of("2024-08-12T00:00:00Z", "project-" + i % 37)
                    .withTimestamp(start.plusSeconds(7L * i)))
        .toList();
  }
}
