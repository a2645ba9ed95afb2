package io.clickpy.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The child process that hosts an engine, seen from the parent. */
final class EngineProcess {

  static final Logger ENGINE_LOG = LoggerFactory.getLogger("io.clickpy.embedded.engine");

  private static final int LINES_KEPT = 30;
  private static final long SECONDS_TO_STOP = 15;
  private static final int POLL_MILLIS = 20;

  private final Process process;
  private final Path work;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final Thread reader;

  /** From its first answer until it is told to end: its end is news then. */
  private volatile boolean serving;

  private volatile ProcessHandle engine;

  /**
   * What a listening engine tells of itself.
   *
   * @param httpPort the HTTP port
   * @param nativePort the native port
   * @param version the engine's version
   * @param pid the process that runs the engine
   */
  record Ready(int httpPort, int nativePort, String version, long pid) {}

  private EngineProcess(Process process, Path work) {
    this.process = process;
    this.work = work;
    this.engine = process.toHandle();
    this.reader = new Thread(this::readOutput, "clickpy-embedded-log-" + process.pid());
    this.reader.setDaemon(true);
    this.reader.start();
  }

  static EngineProcess start(ServerSettings settings, Path work, Path data) throws IOException {
    return new EngineProcess(new HostCommand(settings, work, data).toBuilder().start(), work);
  }

  /** Waits until the engine listens; empty if it ended before, or if time ran out. */
  Optional<Ready> awaitReady(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Path file = work.resolve(EngineHost.READY_FILE);
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      Optional<Ready> ready = readReady(file);
      if (ready.isPresent()) {
        engine = ProcessHandle.of(ready.get().pid()).orElse(engine);
        serving = true;
        return ready;
      }
      process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    return Optional.empty();
  }

  private static Optional<Ready> readReady(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      if (!text.endsWith("\n")) {
        return Optional.empty();
      }
      String[] fields = text.strip().split("\t", -1);
      return Optional.of(
          new Ready(
              Integer.parseInt(fields[0]),
              Integer.parseInt(fields[1]),
              fields[2],
              Long.parseLong(fields[3])));
    } catch (NoSuchFileException e) {
      // The engine ended just now and took its directory along.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that runs the engine: the host itself, or the program that it keeps. */
  ProcessHandle engine() {
    return engine;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code and the last lines of an engine that ended. */
  Ended ended() throws InterruptedException {
    int status = process.waitFor();
    reader.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
    synchronized (lastLines) {
      return new Ended(status, List.copyOf(lastLines));
    }
  }

  /**
   * How an engine ended.
   *
   * @param status its exit code
   * @param lastLines the end of its output
   */
  record Ended(int status, List<String> lastLines) {}

  /** Asks the engine to end, waits, and kills what does not end in time. */
  void stop() {
    serving = false;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    boolean interrupted = false;
    try {
      if (process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        reader.join(TimeUnit.SECONDS.toMillis(1));
        ENGINE_LOG.debug("The engine ended with exit code {}", process.exitValue());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    kill();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the engine at once and waits until it is gone. */
  void kill() {
    serving = false;
    List<ProcessHandle> all =
        Stream.of(process.descendants(), Stream.of(engine, process.toHandle()))
            .flatMap(handles -> handles)
            .distinct()
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        if (line.contains("<Fatal>")) {
          ENGINE_LOG.error("{}", line);
        } else {
          ENGINE_LOG.debug("{}", line);
        }
        synchronized (lastLines) {
          lastLines.addLast(line);
          if (lastLines.size() > LINES_KEPT) {
            lastLines.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      ENGINE_LOG.debug("The engine's output broke off", e);
    }
    if (serving) {
      ENGINE_LOG.error("The engine's process {} ended by itself.", process.pid());
    }
  }

  static String logLevel() {
    if (ENGINE_LOG.isTraceEnabled()) {
      return "trace";
    }
    return ENGINE_LOG.isDebugEnabled() ? "information" : "error";
  }
}
