package io.clickpy.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.ingest.HttpFileServer;
import io.clickpy.ingest.HttpFileServer.Asked;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where redirects lead, and who gets to see credentials. */
class HttpRedirectTest extends HttpTestBase {
  private static final String PASSWORD = "s3cr3t";

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
}
