package io.clickpy.ingest.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.Download;
import io.clickpy.ingest.ExportFile;
import io.clickpy.ingest.LoadReport;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.Tables;
import io.clickpy.ingest.source.FileChangedException;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Loads from fake-gcs-server in a container, where Docker runs. */
class GcsContainerIT {
  private static final DockerImageName IMAGE =
      DockerImageName.parse("fsouza/fake-gcs-server:1.52.2");

  private static final int PORT = 4443;

  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private final GenericContainer<?> server =
      new GenericContainer<>(IMAGE)
          .withExposedPorts(PORT)
          .withCreateContainerCmdModifier(
              create ->
                  create.withEntrypoint(
                      "/bin/fake-gcs-server", "-scheme", "http", "-backend", "memory"))
          .waitingFor(Wait.forHttp("/storage/v1/b").forPort(PORT));

  @BeforeAll
  static void requireDocker() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "aborted: no Docker here to run fake-gcs-server in");
  }

  @BeforeEach
  void startServer() {
    Tables.create(clickpy);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop();
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void aPrefixIsLoaded() throws IOException {
    Storage storage = GcsSourceTest.client(endpoint());
    storage.create(BucketInfo.of("exports"));
    List<Download> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Download> downloads =
          Collections.nCopies(100 + i, Download.of("2024-08-12T10:00:00Z", "project-" + i));
      all.addAll(downloads);
      storage.create(BlobInfo.newBuilder("exports", "a/part-" + i).build(), export(downloads));
    }
    LoadReport report =
        ParquetLoader.into(clickpy)
            .from(GcsSource.of("gs://exports/a/part-*").emulator(endpoint()))
            .load();

    assertThat(report.throwIfFailed().loaded()).hasSize(3);
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(all));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @Test
  void anOverwrittenObjectHasChanged() throws IOException {
    Storage storage = GcsSourceTest.client(endpoint());
    storage.create(BucketInfo.of("exports"));
    BlobInfo name = BlobInfo.newBuilder("exports", "a").build();
    storage.create(name, new byte[] {1, 2, 3});
    SourceFile file = GcsSource.of("gs://exports/a").emulator(endpoint()).list().get(0);
    try (InputStream in = file.open(1, 2)) {
      assertThat(in.readAllBytes()).containsExactly(2, 3);
    }
    storage.create(name, new byte[] {4, 5, 6});

    assertThatThrownBy(
            () -> {
              try (InputStream in = file.open(1, 2)) {
                in.readAllBytes();
              }
            })
        .isInstanceOf(FileChangedException.class);
  }

  private URI endpoint() {
    return URI.create("http://%s:%s".formatted(server.getHost(), server.getMappedPort(PORT)));
  }

  private byte[] export(List<Download> downloads) throws IOException {
    Path path = folder.resolve("export-" + downloads.size());
    return Files.readAllBytes(ExportFile.with().write(path, downloads));
  }
}
