package io.clickpy.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that fail, refuse, fall silent, or change their files. */
class HttpFailureTest extends HttpTestBase {
  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedAgain(int status) throws IOException {
    URI uri = server.put("/a.parquet", content);
    server.then(status).then(status);
    SourceFile file = only(uri);
    server.then(status, Map.of("Retry-After", "1")).then(status);

    assertThat(bytes(file, 0, content.length)).isEqualTo(content);
    assertThat(server.isDone()).isTrue();
  }

  @Test
  void whatDoesNotPassEndsAfterSoManyTries() throws IOException {
    URI uri = server.put("/a.parquet", content);
    SourceFile file = only(uri);
    for (int i = 0; i < 4; i++) {
      server.then(503);
    }
    assertThatThrownBy(() -> file.open(0, 1))
        .isInstanceOfSatisfying(
            ClickPyException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(e.isRetryable()).isTrue();
            })
        .hasMessage("It cannot be read (HTTP 503). Load again later.");
    assertThat(server.isDone()).isTrue();
  }

  @Test
  void aCutBodyIsContinuedWhereItBroke() throws IOException {
    SourceFile file = only(server.put("/a.parquet", content));
    server.thenCutAfter(70_000).thenCutAfter(0).thenCutAfter(100_000);

    assertThat(bytes(file, 1_000, 290_000)).isEqualTo(Arrays.copyOfRange(content, 1_000, 291_000));
    assertThat(server.isDone()).isTrue();
    // What had come was not asked for again.
    assertThat(last().header("Range")).isNotEqualTo("bytes=1000-290999");
  }

  @Test
  void aBodyThatIsCutAgainAndAgainFails() throws IOException {
    SourceFile file = only(server.put("/a.parquet", content));
    for (int i = 0; i < 4; i++) {
      server.thenCutAfter(10);
    }
    assertThatThrownBy(() -> bytes(file, 0, content.length))
        .isInstanceOf(ClickPyException.class)
        .hasMessageStartingWith("It cannot be read (IOException: ")
        .hasMessageEndingWith("). Check that the server runs and that this machine reaches it.");
  }

  @Test
  void aServerThatFallsSilentIsAskedAgain() throws IOException {
    URI uri = server.put("/a.parquet", content);
    SourceFile file = quick(uri).timeout(Duration.ofSeconds(1)).list().get(0);
    server.thenFallSilentAfter(1_000);

    assertThat(bytes(file, 0, content.length)).isEqualTo(content);
    assertThat(server.isDone()).isTrue();
  }

  @Test
  void aServerThatIsSilentForeverFails() {
    URI uri = server.uri("/a.parquet");
    HttpSource source =
        quick(uri)
            .timeout(Duration.ofMillis(200))
            .retries(new RetryPolicy(2, Duration.ZERO, Duration.ZERO));
    for (int i = 0; i < 2; i++) {
      server.then(exchange -> awaitEnd());
    }
    assertThatThrownBy(source::list)
        .isInstanceOfSatisfying(ClickPyException.class, e -> assertThat(e.isRetryable()).isTrue())
        .hasMessage(
            "Cannot list %s (HttpTimeoutException: request timed out). Check that the server runs and that this machine reaches it."
                .formatted(uri));
  }

  private static void awaitEnd() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server stops.
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/a.parquet");
    assertThatThrownBy(() -> quick(uri).list())
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot list %s (ConnectException). Check that the server runs and that this machine reaches it."
                .formatted(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "404,Check the URL.",
    "410,Check the URL.",
    "401,Check the credentials.",
    "403,Check the credentials.",
    "418,Ask whoever runs the server."
  })
  void aRefusalIsNotRepeated(int status, String wayOut) {
    URI uri = server.put("/a.parquet", content);
    server.then(status);
    assertThatThrownBy(() -> quick(uri).list())
        .isInstanceOfSatisfying(
            ClickPyException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(e.isRetryable()).isFalse();
            })
        .hasMessage("Cannot list %s (HTTP %s). %s".formatted(uri, status, wayOut));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aServerWithoutRangesIsRefused() {
    URI uri = server.uri("/a.parquet");
    server.then(
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        });
    assertThatThrownBy(() -> quick(uri).list())
        .hasMessage(
            "Cannot list %s (the server does not answer range requests). Download it, and load it with ParquetSource.local."
                .formatted(uri));
  }

  @Test
  void aFileThatNobodyCouldSeeChangeIsRefused() {
    URI uri = server.put("/a.parquet", content, Map.of("ETag", "W/\"weak\""));
    assertThatThrownBy(() -> quick(uri).list())
        .hasMessage(
            "Cannot list %s (the server gives neither a strong ETag nor a Last-Modified). Download it, and load it with ParquetSource.local."
                .formatted(uri));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 1-10/300000", "bytes 0-8/300000", "bytes 0-9/*", "0-9/300000"})
  void aWrongRangeIsNotTaken(String wrong) {
    SourceFile file = only(server.put("/a.parquet", content));
    server.then(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", wrong);
          exchange.sendResponseHeaders(206, 10);
          exchange.getResponseBody().write(content, 0, 10);
        });
    assertThatThrownBy(() -> file.open(0, 10))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "It cannot be read (asked for bytes 0-9, the server sent %s, encoding identity). Download it, and load it with ParquetSource.local."
                .formatted(wrong));
  }

  @Test
  void aCompressedRangeIsNotTaken() {
    SourceFile file = only(server.put("/a.parquet", content));
    server.then(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/300000");
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(206, 10);
          exchange.getResponseBody().write(content, 0, 10);
        });
    assertThatThrownBy(() -> file.open(0, 10))
        .hasMessageContaining("the server sent bytes 0-9/300000, encoding gzip");
  }

  @Test
  void aFileThatChangesIsNoticed() {
    URI uri = server.put("/a.parquet", content);
    SourceFile file = only(uri);
    server.put("/a.parquet", content(300_000, 2));

    assertThatThrownBy(() -> file.open(0, 10)).isInstanceOf(FileChangedException.class);
  }

  /** Between two halves of one range, too. */
  @Test
  void aFileThatChangesWhileItIsReadIsNoticed() throws IOException {
    URI uri = server.put("/a.parquet", content);
    SourceFile file = only(uri);
    server.thenCutAfter(1_000);
    try (InputStream in = file.open(0, content.length)) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
      server.put("/a.parquet", content(300_000, 2));

      assertThatThrownBy(in::readAllBytes).isInstanceOf(FileChangedException.class);
    }
  }

  /** Some servers never heard of If-Match. */
  @Test
  void aChangeIsNoticedAlsoWhereTheServerIgnoresTheCondition() {
    SourceFile file = only(server.put("/a.parquet", content, Map.of("ETag", "\"v1\"")));
    for (String header : List.of("\"v2\"", "W/\"v1\"")) {
      server.then(
          exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/300000");
            exchange.getResponseHeaders().set("ETag", header);
            exchange.sendResponseHeaders(206, 10);
            exchange.getResponseBody().write(content, 0, 10);
          });
      assertThatThrownBy(() -> file.open(0, 10)).isInstanceOf(FileChangedException.class);
    }
    server.put("/a.parquet", content(200, 2), Map.of("ETag", "\"v1\""));
    assertThatThrownBy(() -> file.open(0, 10)).isInstanceOf(FileChangedException.class);
    assertThatThrownBy(() -> file.open(1_000, 10)).isInstanceOf(FileChangedException.class);
  }

  @Test
  void anInterruptEndsTheWaiting() {
    SourceFile file = only(server.put("/a.parquet", content));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> file.open(0, 1)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> quick(server.uri("/a.parquet")).list())
        .isInstanceOfSatisfying(
            ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED))
        .hasMessage("The load was interrupted while its files were listed.");
    assertThat(Thread.interrupted()).isTrue();
  }
}
