package io.clickpy.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.RetryPolicy;
import io.clickpy.ingest.HttpFileServer;
import io.clickpy.ingest.HttpFileServer.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2));
  private static final String PASSWORD = "s3cr3t";

  private final HttpFileServer server = HttpFileServer.start();
  private final byte[] content = content(300_000, 1);

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aFileIsItsUrlItsSizeAndItsEtag() {
    URI uri = server.put("/a.parquet", content, Map.of("ETag", "\"v1\""));
    SourceFile file = only(uri);

    assertThat(file.uri()).isEqualTo(uri);
    assertThat(file.size()).isEqualTo(content.length);
    assertThat(file.contentTag()).isEqualTo("\"v1\"");
  }

  @Test
  void withoutAStrongEtagTheTagIsTimeAndSize() throws IOException {
    String time = "Mon, 12 Aug 2024 10:00:00 GMT";
    URI uri =
        server.put("/a.parquet", content, Map.of("ETag", "W/\"weak\"", "Last-Modified", time));
    SourceFile file = only(uri);

    assertThat(file.contentTag()).isEqualTo(time + "-" + content.length);
    assertThat(bytes(file, 5, 10)).isEqualTo(Arrays.copyOfRange(content, 5, 15));
    assertThat(last().header("If-Unmodified-Since")).isEqualTo(time);
  }

  @Test
  void rangesAreExactAndAskedForWithTheEtag() throws IOException {
    SourceFile file = only(server.put("/a.parquet", content, Map.of("ETag", "\"v1\"")));

    assertThat(bytes(file, 0, content.length)).isEqualTo(content);
    assertThat(bytes(file, 1_000, 70_000)).isEqualTo(Arrays.copyOfRange(content, 1_000, 71_000));
    assertThat(last().header("Range")).isEqualTo("bytes=1000-70999");
    assertThat(last().header("If-Match")).isEqualTo("\"v1\"");
    int before = server.requests().size();
    assertThat(bytes(file, 10, 0)).isEmpty();
    assertThat(server.requests()).hasSize(before);
    try (InputStream in = file.open(content.length - 1, 1)) {
      assertThat(in.read()).isEqualTo(content[content.length - 1] & 0xff);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[3])).isEqualTo(-1);
    }
  }

  @Test
  void severalFilesComeInTheirOrder() {
    URI b = server.put("/b.parquet", content);
    URI a = server.put("/a.parquet", content);

    assertThat(quick(b, a).list()).extracting(SourceFile::uri).containsExactly(b, a);
  }

  @Test
  void anEmptyFileIsOne() {
    assertThat(only(server.put("/a.parquet", new byte[0])).size()).isZero();
    URI plain = server.uri("/b.parquet");
    server.then(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Length", "0");
          exchange.sendResponseHeaders(200, -1);
        });
    assertThat(only(plain).size()).isZero();
  }

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

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreFollowed(int status) throws IOException {
    server.put("/real/a.parquet", content);
    URI uri = server.uri("/a.parquet");
    server.then(status, Map.of("Location", "/real/a.parquet"));
    SourceFile file = only(uri);
    server
        .then(status, Map.of("Location", "real/elsewhere"))
        .then(status, Map.of("Location", server.uri("/real/a.parquet?sig=x").toString()));

    assertThat(file.uri()).isEqualTo(uri);
    assertThat(bytes(file, 3, 5)).isEqualTo(Arrays.copyOfRange(content, 3, 8));
    assertThat(last().target()).isEqualTo("/real/a.parquet?sig=x");
    assertThat(last().header("Range")).isEqualTo("bytes=3-7");
  }

  @Test
  void redirectsEnd() {
    URI uri = server.uri("/a.parquet");
    for (int i = 0; i < 20; i++) {
      server.then(302, Map.of("Location", "/a.parquet"));
    }
    assertThatThrownBy(() -> quick(uri).list())
        .hasMessage(
            "Cannot list %s (it is redirected more than 10 times). Check the URL.".formatted(uri));
    assertThat(server.requests()).hasSize(11);
  }

  @Test
  void aRedirectLeadsToAFileAndNeverToALessSafeWay() {
    URI safe = URI.create("https://example.org/a/b");
    assertThatThrownBy(() -> Redirect.target(safe, "http://example.org/a/b"))
        .isInstanceOf(HttpFailure.class)
        .hasMessage("it is redirected from https to http");
    for (String location :
        List.of("", "ftp://example.org/a", "https:///x", "http://[", "mailto:a")) {
      assertThatThrownBy(() -> Redirect.target(safe, location))
          .isInstanceOf(HttpFailure.class)
          .hasMessage("it is redirected to no URL of a file");
    }
  }

  @Test
  void credentialsGoToTheirServerAlone() throws IOException {
    try (HttpFileServer other = HttpFileServer.start()) {
      other.put("/a.parquet", content);
      URI uri =
          URI.create("http://me:%s%%40@127.0.0.1:%s/a.parquet".formatted(PASSWORD, server.port()));
      server.then(302, Map.of("Location", other.uri("/a.parquet").toString()));
      HttpSource source = quick(uri).header("X-Token", PASSWORD);
      SourceFile file = source.list().get(0);

      assertThat(file.size()).isEqualTo(content.length);
      Asked asked = last();
      assertThat(asked.header("X-Token")).isEqualTo(PASSWORD);
      assertThat(decoded(asked.header("Authorization"))).isEqualTo("me:" + PASSWORD + "@");
      Asked redirected = other.requests().get(0);
      assertThat(redirected.header("X-Token")).isNull();
      assertThat(redirected.header("Authorization")).isNull();
    }
  }

  private static String decoded(String basic) {
    return new String(
        Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
  }

  @Test
  void secretsAreNowhereToBeSeen() {
    URI uri =
        URI.create(
            "http://me:%1$s@127.0.0.1:%2$s/a.parquet?sig=%1$s".formatted(PASSWORD, server.port()));
    HttpSource source = quick(uri).header("Authorization", "Bearer " + PASSWORD);
    server.put("/a.parquet", content);
    SourceFile file = source.list().get(0);
    assertThat(last().target()).isEqualTo("/a.parquet?sig=" + PASSWORD);
    assertThat(last().header("Authorization")).isEqualTo("Bearer " + PASSWORD);

    assertThat(source).hasToString("ParquetSource.http(%s)".formatted(file.uri()));
    assertThat(file.uri()).isEqualTo(server.uri("/a.parquet"));
    assertThat(file.toString()).doesNotContain(PASSWORD);
    server.then(404);
    assertThatThrownBy(() -> source.list())
        .hasMessage("Cannot list %s (HTTP 404). Check the URL.".formatted(file.uri()));
    assertThatThrownBy(() -> source.header("X\n", PASSWORD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid header: X\n (its name is reserved, or name or value hold what HTTP forbids).");
    assertThatThrownBy(() -> source.header("X", PASSWORD + "\n"))
        .hasNoCause()
        .message()
        .doesNotContain(PASSWORD);
  }

  @Test
  void whatIsNoUrlOfAFileIsRefusedAtOnceAndShowsNoPassword() {
    assertInvalid(
        "ftp://me:s3cr3t@host/a?s3cr3t", "ftp://host/a", "the scheme must be http or https");
    assertInvalid("a.parquet", "…", "the scheme must be http or https");
    assertInvalid(
        "http://me:s3cr3t@under_score/a",
        "http:…",
        "it names no host, or one that no host can have");
    assertInvalid("mailto:s3cr3t", "mailto:…", "the scheme must be http or https");
    assertThatThrownBy(ParquetSource::http)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid URLs: (none). Name at least one.");
    assertThatThrownBy(
            () ->
                ParquetSource.http(
                    URI.create("http://me@host/a?x=1"), URI.create("HTTP://HOST/a?x=2#b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid URLs: two are named http://host/a (a query is no part of a file's name, as it may be secret). Write a ParquetSource that names them apart.");
  }

  private static void assertInvalid(String uri, String shown, String reason) {
    assertThatThrownBy(() -> ParquetSource.http(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid URL: %s (%s). Use https://host/path/file.parquet.".formatted(shown, reason));
  }

  @Test
  void whatIsSecretIsNotHandedToTheServer() {
    String message =
        "Invalid source: ParquetSource.http(http://host/a) (the server would log its credentials,"
            + " headers or query). Leave out reachableByServer(), or name URLs that need none.";
    for (String url : List.of("http://me:s3cr3t@host/a", "http://host/a?sig=s3cr3t")) {
      HttpSource source = ParquetSource.http(URI.create(url));
      assertThatThrownBy(source::reachableByServer)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
    HttpSource source = ParquetSource.http(URI.create("http://host/a")).reachableByServer();
    assertThatThrownBy(() -> source.header("Authorization", PASSWORD)).hasMessage(message);
  }

  @Test
  void onlyWhoSaysSoIsReadByTheServer() {
    URI uri = server.put("/a.parquet", content, Map.of("ETag", "\"v1\""));

    assertThat(only(uri).serverRead()).isEmpty();
    assertThat(quick(uri).reachableByServer().list().get(0).serverRead())
        .contains(new ServerRead.Url(uri, Map.of("If-Match", "\"v1\"")));
  }

  @Test
  void settingsAreChecked() {
    HttpSource source = quick(server.uri("/a.parquet"));
    assertThatThrownBy(() -> source.timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid timeout: PT0S (must be positive).");
    assertThatThrownBy(() -> source.retries(null)).hasMessage("policy");
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

  private SourceFile only(URI uri) {
    return quick(uri).list().get(0);
  }

  private static HttpSource quick(URI... uris) {
    return ParquetSource.http(uris).retries(QUICK);
  }

  private Asked last() {
    return server.requests().get(server.requests().size() - 1);
  }

  private static byte[] bytes(SourceFile file, long offset, long length) throws IOException {
    try (InputStream in = file.open(offset, length)) {
      return in.readAllBytes();
    }
  }

  private static byte[] content(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
