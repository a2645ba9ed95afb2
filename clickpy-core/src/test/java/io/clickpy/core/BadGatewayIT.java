package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that lost its server after it had passed the request on. */
class BadGatewayIT {
  private final AtomicInteger bodies = new AtomicInteger();
  private volatile int status;
  private HttpServer gateway;
  private ClickPy clickpy;

  @BeforeEach
  void start() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (body.contains("the rows")) {
            bodies.incrementAndGet();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    gateway.start();
    clickpy = ClickPy.connect("http://127.0.0.1:" + gateway.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    clickpy.close();
    gateway.stop(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void rowsAreSentOnceAndTheirEndIsUnknown(int code) {
    status = code;
    Insert insert =
        Insert.into(
            "t", "TabSeparated", out -> out.write("the rows".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> insert.execute(clickpy))
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class, e -> assertThat(e.isRetryable()).isFalse());
    assertThat(bodies).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void theEndOfACommandIsUnknown(int code) {
    status = code;

    assertThatThrownBy(() -> Command.of("INSERT INTO t SELECT 1").execute(clickpy))
        .isInstanceOf(OutcomeUnknownException.class);
  }
}
