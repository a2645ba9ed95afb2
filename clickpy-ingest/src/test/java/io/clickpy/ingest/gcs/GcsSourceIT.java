package io.clickpy.ingest.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.Download;
import io.clickpy.ingest.ExportFile;
import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.HttpFileServer;
import io.clickpy.ingest.LoadEvent;
import io.clickpy.ingest.LoadReport;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads through Google's own client, from a stand-in of the JSON API. */
class GcsSourceIT {
  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private final FakeGcs gcs = FakeGcs.start(2);

  @BeforeEach
  void createTables() {
    Tables.create(clickpy);
  }

  @AfterEach
  void dropTables() {
    gcs.close();
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void aPrefixOfManyPagesIsLoadedOverABadConnection() throws IOException {
    List<Download> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      List<Download> downloads = downloads(100 + i);
      all.addAll(downloads);
      gcs.put("export/2024-08-12-00000000000%s.parquet".formatted(i), export(downloads));
    }
    gcs.put("export/2024-08-13-000000000000.parquet", export(downloads(7)));
    gcs.then(503).thenCutAfter(20).then(429);
    GcsSource source = source("gs://exports/export/2024-08-12-*");
    LoadReport report = ParquetLoader.into(clickpy).from(source).load();

    assertThat(report.throwIfFailed().loaded())
        .extracting(FileResult.Loaded::uri)
        .startsWith(URI.create("gs://exports/export/2024-08-12-000000000000.parquet"))
        .hasSize(5);
    assertThat(gcs.isDone()).isTrue();
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(all));
    Tables.assertRollupsEqualRaw(clickpy);
    assertThat(ParquetLoader.into(clickpy).from(source).load().skipped()).hasSize(5);
  }

  @Test
  void anObjectThatIsOverwrittenUnderTheLoadFailsAndLeavesNothing() throws IOException {
    gcs.put("a.parquet", export(downloads(500)));
    byte[] changed = export(downloads(501));
    LoadReport report =
        ParquetLoader.into(clickpy)
            .from(source("gs://exports/a.parquet"))
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted) {
                    gcs.put("a.parquet", changed);
                  }
                })
            .load();

    assertThat(report.failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .isEqualTo("It has changed since it was listed. Load again, once nobody writes to it.");
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  /** The way into the store that the server's {@code gcs} takes, which is S3's. */
  @Test
  void theServerReadsAnObjectByANamedCollection() throws IOException {
    byte[] content = export(downloads(300));
    gcs.put("a.parquet", content);
    String collection = "gcs_" + clickpy.database().value();
    try (HttpFileServer store = HttpFileServer.start()) {
      store.put("/exports/a.parquet", content, Map.of("ETag", "\"" + md5(content) + "\""));
      Command.of(
              "CREATE NAMED COLLECTION %s AS url = '%s', no_sign_request = 1"
                  .formatted(collection, store.uri("/exports/")))
          .execute(clickpy);
      try {
        ParquetLoader.into(clickpy)
            .from(source("gs://exports/a.parquet").namedCollection(collection))
            .staging(StagingMode.SERVER_PULL)
            .load()
            .throwIfFailed();
      } finally {
        Command.of("DROP NAMED COLLECTION " + collection).execute(clickpy);
      }
    }
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(downloads(300)));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private GcsSource source(String pattern) {
    return GcsSource.of(pattern).client(GcsSourceTest.client(gcs.endpoint()));
  }

  private byte[] export(List<Download> downloads) throws IOException {
    Path path = folder.resolve("export-" + downloads.size());
    return Files.readAllBytes(ExportFile.with().smallRowGroups().write(path, downloads));
  }

  private static List<Download> downloads(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Download.of("2024-08-12T10:00:00Z", "project-" + i % 7))
        .toList();
  }
}
