package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a {@code clickhouse} program is started, watched and stopped. Where no such program is at
 * hand, a script of that name stands before {@code libchdb}: it understands {@code clickhouse
 * server --version} and {@code clickhouse server --config-file=… -- --http_port=… --tcp_port=…},
 * reads the same configuration file and is the same engine, but its server program is not.
 */
class ClickHouseProgramIT {

  @TempDir Path directory;

  private Path program;

  @BeforeEach
  void findOrWriteProgram() throws IOException {
    Engine engine = EngineLocator.ofThisMachine().locate(Optional.empty());
    program = engine instanceof Engine.Program ? engine.path() : writeScript(engine.path());
  }

  @Test
  void servesOnPortsOfItsOwnChoice() {
    ProcessHandle process;
    Path work;
    try (EmbeddedClickHouse server = EmbeddedClickHouse.builder().engine(program).start()) {
      process = server.process();
      work = server.dataDirectory().getParent();
      assertThat(Servers.ask(server, "SELECT version()")).startsWith(server.engineVersion());
      assertThat(Servers.ask(server, "SELECT timezone()")).isEqualTo("UTC");
      assertThat(Servers.accepts(server.nativePort())).isTrue();
    }
    assertThat(process.isAlive()).isFalse();
    assertThat(work).doesNotExist();
  }

  @Test
  void keepsTheDataWhenKilled() {
    Path data = directory.resolve("data");
    try (EmbeddedClickHouse server =
        EmbeddedClickHouse.builder().engine(program).dataDirectory(data).start()) {
      Servers.ask(server, "CREATE TABLE t ENGINE = MergeTree ORDER BY n AS SELECT 7 AS n");
      server.process().destroyForcibly();
      server.process().onExit().join();
    }
    try (EmbeddedClickHouse server =
        EmbeddedClickHouse.builder().engine(program).dataDirectory(data).start()) {
      assertThat(Servers.ask(server, "SELECT n FROM t")).isEqualTo("7");
    }
  }

  @Test
  void namesABusyPort() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedClickHouse.Builder builder =
          EmbeddedClickHouse.builder().engine(program).httpPort(holder.getLocalPort());

      assertThatThrownBy(builder::start)
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith(
              "Cannot listen on the chosen ports: HTTP %d, native any (address already in use).",
              holder.getLocalPort());
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    try (Child parent = Child.start(ParentsEndIT.StartAndWait.class, program.toString())) {
      ParentsEndIT.Server server = ParentsEndIT.Server.parse(parent.readLine());
      assertThat(Servers.accepts(server.port())).isTrue();

      parent.process().destroyForcibly();

      server.awaitEnd();
    }
  }

  private Path writeScript(Path library) throws IOException {
    Path jsig = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
    Assumptions.assumeTrue(
        Files.exists(jsig) && Files.isExecutable(Path.of("/bin/sh")),
        "No clickhouse program here, and the script that stands for one wants Linux");
    Path script = directory.resolve("clickhouse");
    Files.writeString(
        script,
        """
        #!/bin/sh
        test "$1" = server || exit 64
        if test "$2" = --version; then echo "ClickHouse server version 26.7.2.1 (a script)."; exit; fi
        config=$2 http=$4 tcp=$5
        # Input that never ends: a server lives until it is told to stop.
        exec 0<>"%s"
        LD_PRELOAD='%s' exec '%s' -cp '%s' io.clickpy.embedded.ClickHouseProgramIT\\$Server \\
          '%s' clickhouse "$config" "$http" "$tcp"
        """
            .formatted(
                fifo(),
                jsig,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                library));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private Path fifo() throws IOException {
    Path fifo = directory.resolve("never-ends");
    try {
      assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return fifo;
  }

  /** What the script runs. */
  static final class Server {

    private Server() {}

    public static void main(String[] arguments) {
      String error =
          Libchdb.load(Path.of(arguments[0]), Path.of("."))
              .runCommandLine(
                  List.of(
                      arguments[1],
                      arguments[2],
                      arguments[3],
                      arguments[4],
                      "--query=SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP;"
                          + " SELECT count() FROM file('/dev/stdin', 'LineAsString')"));
      System.err.println(error);
      Runtime.getRuntime().halt(1);
    }
  }
}
