package io.clickpy.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which files a source has, and what of them it gives. */
class HttpSourceTest extends HttpTestBase {
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
}
