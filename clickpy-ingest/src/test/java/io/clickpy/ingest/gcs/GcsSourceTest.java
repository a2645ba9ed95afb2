package io.clickpy.ingest.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.FileChangedException;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Google's own client, over HTTP. */
class GcsSourceTest {
  private final FakeGcs gcs = FakeGcs.start(3);
  private final byte[] content = content(600_000);

  @AfterEach
  void stopServer() {
    gcs.close();
  }

  @Test
  void aPrefixIsAllItsObjectsOverAllPages() {
    IntStream.range(0, 10).forEach(i -> gcs.put("2024/part-%02d.parquet".formatted(i), content));
    gcs.put("2024/other.parquet", content);
    gcs.put("2025/part-00.parquet", content);

    List<SourceFile> files = source("gs://exports/2024/part-*").list();

    assertThat(files)
        .extracting(SourceFile::uri)
        .containsExactlyElementsOf(
            IntStream.range(0, 10)
                .mapToObj(i -> URI.create("gs://exports/2024/part-%02d.parquet".formatted(i)))
                .toList());
    assertThat(gcs.requests()).hasSize(4).allMatch(request -> request.contains("prefix="));
  }

  @Test
  void anObjectHasItsSizeAndItsGeneration() {
    gcs.put("a.parquet", content);
    gcs.put("a.parquet.crc", content);
    SourceFile file = only("gs://exports/a.parquet");

    assertThat(file.size()).isEqualTo(content.length);
    assertThat(file.contentTag()).isEqualTo(gcs.generation("a.parquet") + "-AAAAAA==");
    assertThat(file).hasToString("GcsFile[gs://exports/a.parquet]");
  }

  @Test
  void aFolderIsItsParquetFiles() {
    for (String name :
        List.of("d/b.parquet", "d/a/x.parquet", "d/", "d/_tmp/y.parquet", "d/.z.parquet", "d/c")) {
      gcs.put(name, content);
    }
    assertThat(source("gs://exports/d/").list())
        .extracting(file -> file.uri().toString())
        .containsExactly("gs://exports/d/a/x.parquet", "gs://exports/d/b.parquet");
  }

  @Test
  void anyNameIsAUri() {
    for (String name : List.of("a b%20#?.parquet", "ü/{x}.parquet", "/a//b.parquet")) {
      gcs.put(name, content);
      assertThat(source("gs://exports/**").list().stream().map(file -> file.uri().getPath()))
          .contains("/" + name);
    }
  }

  @Test
  void rangesAreExactAndOfTheGenerationListed() throws IOException {
    gcs.put("a.parquet", content);
    SourceFile file = only("gs://exports/a.parquet");

    assertThat(bytes(file, 0, content.length)).isEqualTo(content);
    assertThat(bytes(file, 12_345, 70_000)).isEqualTo(Arrays.copyOfRange(content, 12_345, 82_345));
    try (InputStream in = file.open(content.length - 1, 1)) {
      assertThat(in.read()).isEqualTo(content[content.length - 1] & 0xff);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(gcs.requests())
        .filteredOn(request -> request.startsWith("/download"))
        .isNotEmpty()
        .allMatch(request -> request.contains("generation=" + gcs.generation("a.parquet")));
  }

  @Test
  void aRangeIsOneRequestAndNoByteMore() throws IOException {
    gcs.put("a.parquet", content);
    SourceFile file = only("gs://exports/a.parquet");
    gcs.requests().clear();
    assertThat(bytes(file, 1_000, 590_000)).hasSize(590_000);

    assertThat(gcs.requests()).singleElement().asString().endsWith(" bytes=1000-590999");
  }

  @Test
  void whatMayPassIsTriedAgain() throws IOException {
    gcs.put("a.parquet", content);
    gcs.then(503).then(429);
    SourceFile file = only("gs://exports/a.parquet");
    gcs.then(503).thenCutAfter(50_000).then(500);

    assertThat(bytes(file, 0, content.length)).isEqualTo(content);
    assertThat(gcs.isDone()).isTrue();
  }

  @Test
  void whatDoesNotPassIsTold() {
    gcs.put("a.parquet", content);
    SourceFile file = only("gs://exports/a.parquet");
    gcs.then(403);
    assertThatThrownBy(() -> bytes(file, 0, 10))
        .isInstanceOfSatisfying(
            ClickPyException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(e.isRetryable()).isFalse();
            })
        .hasMessageStartingWith("It cannot be read (HTTP 403: ")
        .hasMessageEndingWith("). Check the credentials and the network.");

    for (int i = 0; i < 10; i++) {
      gcs.then(503);
    }
    assertThatThrownBy(() -> bytes(file, 0, 10))
        .isInstanceOfSatisfying(ClickPyException.class, e -> assertThat(e.isRetryable()).isTrue())
        .hasMessageStartingWith("It cannot be read (HTTP 503: ");
  }

  @Test
  void anObjectThatIsOverwrittenOrDeletedHasChanged() {
    gcs.put("a.parquet", content);
    SourceFile file = only("gs://exports/a.parquet");
    gcs.put("a.parquet", content(100));

    assertThatThrownBy(() -> bytes(file, 0, 10)).isInstanceOf(FileChangedException.class);
  }

  @Test
  void whatIsNotThereIsNamed() {
    gcs.put("a.csv", content);
    assertUnlistable("gs://exports/b.parquet", "there is no such object");
    assertUnlistable("gs://exports/b*", "no object matches it");
    assertUnlistable("gs://exports/", "no object in it ends in .parquet");
    assertThatThrownBy(() -> source("gs://absent/a*").list())
        .isInstanceOfSatisfying(
            ClickPyException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(e.isRetryable()).isFalse();
            })
        .hasMessageStartingWith("Cannot list gs://absent/a* (HTTP 404: ")
        .hasMessageEndingWith("). Check the bucket, the credentials and the network.");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    URI gone = gcs.endpoint();
    gcs.close();
    assertThatThrownBy(() -> GcsSource.of("gs://exports/a*").client(client(gone)).list())
        .isInstanceOfSatisfying(ClickPyException.class, e -> assertThat(e.isRetryable()).isTrue())
        .hasMessageStartingWith("Cannot list gs://exports/a* (Connection refused");
  }

  private void assertUnlistable(String pattern, String reason) {
    assertThatThrownBy(() -> source(pattern).list())
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot list %s (%s). Name an object, a folder by its slash, or a pattern."
                .formatted(pattern, reason));
  }

  @Test
  void aCollectionThatIsNoIdentifierIsRefused() {
    assertThatThrownBy(() -> GcsSource.of("gs://exports/a").namedCollection("a; DROP"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid named collection: a; DROP (must be letters, digits and underscores).");
  }

  @Test
  void anEmulatorIsReachedByItsEndpointAlone() throws IOException {
    gcs.put("a.parquet", content);
    GcsSource source = GcsSource.of("gs://exports/*.parquet").emulator(gcs.endpoint());

    assertThat(source).hasToString("GcsSource(gs://exports/*.parquet)");
    assertThat(bytes(source.list().get(0), 1, 2)).isEqualTo(Arrays.copyOfRange(content, 1, 3));
  }

  private SourceFile only(String pattern) {
    List<SourceFile> files = source(pattern).list();
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private GcsSource source(String pattern) {
    return GcsSource.of(pattern).client(client(gcs.endpoint()));
  }

  /** A client that does not wait long between its tries. */
  static Storage client(URI endpoint) {
    return StorageOptions.http()
        .setHost(endpoint.toString())
        .setProjectId("test")
        .setCredentials(NoCredentials.getInstance())
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setMaxAttempts(4)
                .setInitialRetryDelayDuration(Duration.ofMillis(1))
                .setMaxRetryDelayDuration(Duration.ofMillis(5))
                .setTotalTimeoutDuration(Duration.ofMinutes(1))
                .build())
        .build()
        .getService();
  }

  private static byte[] bytes(SourceFile file, long offset, long length) throws IOException {
    try (InputStream in = file.open(offset, length)) {
      return in.readAllBytes();
    }
  }

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
