package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** However the program ends that started a server, the server ends too. */
class ParentsEndIT {

  @Test
  void serverEndsWhenItsParentIsKilled() throws Exception {
    try (Child parent = Child.start(StartAndWait.class)) {
      Server server = Server.parse(parent.readLine());
      assertThat(Servers.accepts(server.port())).isTrue();

      parent.process().destroyForcibly();

      server.awaitEnd();
    }
  }

  @Test
  void serverEndsWhenItsParentExitsWithoutClosingIt() throws Exception {
    try (Child parent = Child.start(StartAndWait.class)) {
      Server server = Server.parse(parent.readLine());
      assertThat(Servers.accepts(server.port())).isTrue();

      parent.process().getOutputStream().close();

      assertThat(parent.process().waitFor()).isZero();
      // The shutdown hook has waited for it.
      assertThat(ProcessHandle.of(server.pid())).isEmpty();
      assertThat(server.work()).doesNotExist();
    }
  }

  record Server(long pid, int port, Path work) {

    static Server parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Server(Long.parseLong(fields[0]), Integer.parseInt(fields[1]), Path.of(fields[2]));
    }

    void awaitEnd() throws InterruptedException {
      Servers.await(
          "the server's process ends",
          () -> ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true));
      Servers.await("its directory is deleted", () -> !Files.exists(work));
      assertThat(Servers.accepts(port)).isFalse();
    }
  }

  /** Starts a server, tells of it, and exits without closing it when its input ends. */
  static final class StartAndWait {

    private StartAndWait() {}

    public static void main(String[] arguments) throws IOException {
      EmbeddedClickHouse.Builder builder = EmbeddedClickHouse.builder();
      if (arguments.length > 0) {
        builder.engine(Path.of(arguments[0]));
      }
      EmbeddedClickHouse server = builder.start();
      // An open connection keeps libchdb from ending by itself.
      Servers.ask(server, "CREATE TABLE t ENGINE = MergeTree ORDER BY n AS SELECT 1 AS n");
      System.out.println(
          server.process().pid()
              + "\t"
              + server.endpoint().getPort()
              + "\t"
              + server.dataDirectory().getParent());
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
      System.exit(0);
    }
  }
}
