package io.clickpy.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What the tests ask of running servers. */
final class Servers {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Servers() {}

  /** The answer to a statement, without the last line's end. */
  static String ask(EmbeddedClickHouse server, String sql) {
    HttpResponse<String> response = send(server.endpoint(), sql);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(sql + "\n" + response.body());
    }
    return response.body().stripTrailing();
  }

  /** The error that a statement meets. */
  static String errorOf(EmbeddedClickHouse server, String sql) {
    HttpResponse<String> response = send(server.endpoint(), sql);
    if (response.statusCode() == 200) {
      throw new IllegalStateException("No error: " + sql + "\n" + response.body());
    }
    return response.body();
  }

  static HttpResponse<String> send(URI endpoint, String sql) {
    try {
      return HTTP.send(request(endpoint, sql), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpRequest request(URI endpoint, String sql) {
    return HttpRequest.newBuilder(endpoint)
        .POST(HttpRequest.BodyPublishers.ofString(sql))
        .timeout(PATIENCE)
        .build();
  }

  static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits for something that must come to pass, however slow the machine is. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("Waited " + PATIENCE + " in vain: " + what);
      }
      Thread.sleep(50);
    }
  }
}
