package io.clickpy.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One start of a server: its directories, its process, and what to say when it fails. */
final class Startup {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedClickHouse.class);

  /**
   * How the names of working directories begin, before the number of the process whose they are.
   */
  static final String WORK_PREFIX = "clickpy-embedded-";

  private final ServerSettings settings;
  private final Duration timeout;

  Startup(ServerSettings settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
  }

  EmbeddedClickHouse run() {
    settings.usersFile().ifPresent(Startup::requireReadable);
    Path work = createWork();
    boolean started = false;
    try {
      Path data = prepareData(settings.dataDirectory().orElse(work.resolve("data")));
      EmbeddedClickHouse server = start(work, data);
      started = true;
      return server;
    } finally {
      if (!started) {
        EmbeddedClickHouse.deleteWork(work);
      }
    }
  }

  private EmbeddedClickHouse start(Path work, Path data) {
    long from = System.nanoTime();
    EngineProcess process;
    try {
      ServerConfig.write(settings, work, data, EngineProcess.logLevel());
      process = EngineProcess.start(settings, work, data);
    } catch (IOException e) {
      throw new EngineException(
          "Cannot start "
              + settings.engine().path()
              + " ("
              + e
              + "). Check that "
              + work
              + " can be written and that this Java runtime has bin/java.",
          e);
    }
    boolean listening = false;
    try {
      Optional<EngineProcess.Ready> ready = process.awaitReady(timeout);
      if (ready.isEmpty()) {
        throw process.isAlive() ? timedOut() : failed(data, process.ended());
      }
      EmbeddedClickHouse server = EmbeddedClickHouse.of(process, ready.get(), work, data);
      listening = true;
      LOG.debug(
          "Started ClickHouse {} at {} in {} ms",
          server.engineVersion(),
          server.endpoint(),
          (System.nanoTime() - from) / 1_000_000);
      return server;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          "Cannot start " + settings.engine().path() + " (the thread was interrupted).", e);
    } finally {
      if (!listening) {
        process.kill();
      }
    }
  }

  private static void requireReadable(Path usersFile) {
    if (!Files.isReadable(usersFile)) {
      throw new EngineException(
          "Cannot use users file: "
              + usersFile
              + " (no such readable file). Name ClickHouse's users.xml, or none: there is then the"
              + " user default without a password.");
    }
  }

  private static Path createWork() {
    try {
      return Files.createTempDirectory(WORK_PREFIX + ProcessHandle.current().pid() + "-")
          .toRealPath();
    } catch (IOException e) {
      throw new EngineException(
          "Cannot create a temporary directory ("
              + e
              + "). Set java.io.tmpdir to one that can be"
              + " written.",
          e);
    }
  }

  private static Path prepareData(Path data) {
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, ".clickpy-", ".probe"));
      return data;
    } catch (IOException e) {
      throw new EngineException(
          "Cannot use data directory: "
              + data
              + " ("
              + e
              + "). Choose a directory that this user can create and write, or choose none: it is then"
              + " a temporary one.",
          e);
    }
  }

  private EngineException timedOut() {
    return new EngineException(
        "Cannot start "
            + settings.engine().path()
            + " (it did not answer within "
            + timeout
            + "). Allow more with startTimeout, or see the logger "
            + EngineProcess.ENGINE_LOG.getName()
            + " at level debug for what it waits for.");
  }

  private EngineException failed(Path data, EngineProcess.Ended ended) {
    if (ended.status() == EngineHost.DATA_DIRECTORY_IN_USE) {
      return new EngineException(
          "Cannot use data directory: "
              + data
              + " (another embedded server runs on it). Close that one, or choose another directory.");
    }
    String output = String.join("\n", ended.lastLines());
    if (output.contains("Address already in use")) {
      return new EngineException(
          "Cannot listen on the chosen ports: "
              + port("HTTP", settings.httpPort())
              + ", "
              + port("native", settings.nativePort())
              + " (address already in use). Stop the program that holds the port, or choose none: the"
              + " system then picks a free one.");
    }
    return new EngineException(
        "Cannot start "
            + settings.engine().path()
            + " (it ended with exit code "
            + ended.status()
            + " before it answered). Its last words tell why:\n"
            + output);
  }

  private static String port(String what, int port) {
    return what + " " + (port == 0 ? "any" : Integer.toString(port));
  }
}
