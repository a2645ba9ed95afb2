package io.clickpy.ingest.source;

import io.clickpy.core.RetryPolicy;
import io.clickpy.ingest.HttpFileServer;
import io.clickpy.ingest.HttpFileServer.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** A server of files, and one file. */
abstract class HttpTestBase {
  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2));

  final HttpFileServer server = HttpFileServer.start();
  final byte[] content = content(300_000, 1);

  @AfterEach
  void stopServer() {
    server.close();
  }

  SourceFile only(URI uri) {
    return quick(uri).list().get(0);
  }

  static HttpSource quick(URI... uris) {
    return ParquetSource.http(uris).retries(QUICK);
  }

  Asked last() {
    return server.requests().get(server.requests().size() - 1);
  }

  static byte[] bytes(SourceFile file, long offset, long length) throws IOException {
    try (InputStream in = file.open(offset, length)) {
      return in.readAllBytes();
    }
  }

  static byte[] content(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
