package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that idle in the pool, and that the other side closes all at once. */
class DeadConnectionsIT {
  private static final int CONNECTIONS = 12;
  private static final Query<Integer> ONE = Query.of("SELECT 1 AS n", row -> row.intValue("n"));
  private static final Query<Integer> SLOW =
      Query.of("SELECT sleep(0.5) AS n", row -> row.intValue("n"));

  private final URI server = TestServer.config().build().endpoint();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private ServerSocket listening;

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    listening.close();
    closeConnections();
  }

  @Test
  void aReadOutlivesMoreOfThemThanItHasTries() throws IOException {
    try (ClickPy clickpy = connect(RetryPolicy.ofDefaults())) {
      fillPool(clickpy);
      closeConnections();

      assertThat(ONE.fetch(clickpy)).containsExactly(1);
    }
  }

  @Test
  void soDoesAWriteThatMayBeRepeated() throws IOException {
    try (ClickPy clickpy = connect(RetryPolicy.ofDefaults())) {
      fillPool(clickpy);
      closeConnections();
      Command.of("CREATE DATABASE IF NOT EXISTS system").repeatable().execute(clickpy);
    }
  }

  @Test
  void whoWantsNoRepeatGetsNone() throws IOException {
    try (ClickPy clickpy = connect(RetryPolicy.none())) {
      fillPool(clickpy);
      closeConnections();

      assertThatThrownBy(() -> ONE.fetch(clickpy)).isInstanceOf(ConnectionException.class);
    }
  }

  private ClickPy connect(RetryPolicy retries) {
    return ClickPy.connect(
        ClickPyConfig.builder("http://127.0.0.1:" + listening.getLocalPort())
            .database("system")
            .maxConnections(CONNECTIONS)
            .retries(retries)
            .build());
  }

  /** Asks so slowly that each question needs a connection of its own. */
  private void fillPool(ClickPy clickpy) {
    CompletableFuture<?>[] all =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> SLOW.fetch(clickpy), DeadConnectionsIT::daemon))
            .limit(CONNECTIONS)
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).join();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        sockets.addAll(List.of(client, upstream));
        daemon(() -> pump(client, upstream));
        daemon(() -> pump(upstream, client));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other direction has ended.
    }
  }

  private void closeConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "forwarder");
    thread.setDaemon(true);
    thread.start();
  }
}
