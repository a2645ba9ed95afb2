package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each failure names its cause and the way out, and leaves no process and no directory. */
class StartFailureIT {

  @TempDir Path directory;

  private List<Path> workBefore;
  private List<ProcessHandle> childrenBefore;

  @BeforeEach
  void lookAround() throws IOException {
    workBefore = workDirectories();
    childrenBefore = ProcessHandle.current().descendants().toList();
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    assertThat(workDirectories()).isSubsetOf(workBefore);
    assertThat(ProcessHandle.current().descendants()).isSubsetOf(childrenBefore);
  }

  @Test
  void httpPortInUse() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedClickHouse.Builder builder =
          EmbeddedClickHouse.builder().httpPort(holder.getLocalPort());

      assertThatThrownBy(builder::start)
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "Cannot listen on the chosen ports: HTTP %d, native any (address already in use)."
                  + " Stop the program that holds the port, or choose none: the system then picks a"
                  + " free one.",
              holder.getLocalPort());
    }
  }

  @Test
  void nativePortInUse() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedClickHouse.Builder builder =
          EmbeddedClickHouse.builder().nativePort(holder.getLocalPort());

      assertThatThrownBy(builder::start)
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "Cannot listen on the chosen ports: HTTP any, native %d (address already in use)."
                  + " Stop the program that holds the port, or choose none: the system then picks a"
                  + " free one.",
              holder.getLocalPort());
    }
  }

  @Test
  void dataDirectoryThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path below = file.resolve("data");

    assertThatThrownBy(() -> EmbeddedClickHouse.builder().dataDirectory(below).start())
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "Cannot use data directory: %s (java.nio.file.FileSystemException: %s: Not a"
                + " directory). Choose a directory that this user can create and write, or choose"
                + " none: it is then a temporary one.",
            below, below);
  }

  @Test
  void usersFileThatIsAbsent() {
    Path absent = directory.resolve("users.xml");

    assertThatThrownBy(() -> EmbeddedClickHouse.builder().usersFile(absent).start())
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "Cannot use users file: %s (no such readable file). Name ClickHouse's users.xml, or"
                + " none: there is then the user default without a password.",
            absent);
  }

  @Test
  void engineThatIsAbsent() {
    Path absent = directory.resolve("libchdb.so");

    assertThatThrownBy(() -> EmbeddedClickHouse.builder().engine(absent).start())
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "Cannot use engine: %s (no such file; named by the builder). Name a clickhouse program"
                + " or a libchdb library, or name none: one is then looked for.",
            absent);
  }

  @Test
  void libraryThatIsNone() throws IOException {
    Path text = Files.writeString(directory.resolve("libchdb.so"), "not a library");

    assertThatThrownBy(() -> EmbeddedClickHouse.builder().engine(text).start())
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(
            "Cannot start %s (it ended with exit code 1 before it answered). Its last words tell"
                + " why:\n",
            text)
        .hasMessageContaining("UnsatisfiedLinkError");
  }

  @Test
  void startThatTakesTooLong() throws IOException {
    Path slow = directory.resolve("clickhouse");
    Files.writeString(slow, "#!/bin/sh\nexec sleep 600\n");
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(
            () ->
                EmbeddedClickHouse.builder()
                    .engine(slow)
                    .startTimeout(Duration.ofSeconds(1))
                    .start())
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "Cannot start %s (it did not answer within PT1S). Allow more with startTimeout, or see"
                + " the logger io.clickpy.embedded.engine at level debug for what it waits for.",
            slow);
  }

  @Test
  void startThatIsGivenNoTime() {
    assertThatThrownBy(
            () -> EmbeddedClickHouse.builder().startTimeout(Duration.ofMillis(1)).start())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("(it did not answer within PT0.001S). Allow more with startTimeout");
  }

  @Test
  void serverSettingThatTheEngineRefuses() {
    assertThatThrownBy(
            () ->
                EmbeddedClickHouse.builder()
                    .setting("max_concurrent_queries", "not a number")
                    .start())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("before it answered). Its last words tell why:\n")
        .hasMessageContaining("not a number");
  }

  private static List<Path> workDirectories() throws IOException {
    String ours = Startup.WORK_PREFIX + ProcessHandle.current().pid() + "-";
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith(ours)).toList();
    }
  }
}
