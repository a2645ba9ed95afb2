package io.clickpy.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private volatile boolean expectedToEnd;
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
    Path javaHome = Path.of(System.getProperty("java.home"));
    boolean library = settings.engine() instanceof Engine.Library;
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xss2m"));
    // Whatever it leaves, it leaves in the working directory.
    command.add("-XX:ErrorFile=" + work.resolve("hs_err.log"));
    command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:-UsePerfData"));
    command.addAll(List.of("-Djava.io.tmpdir=" + work, "-Djna.tmpdir=" + work));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(
        library
            ? codeSource(EngineHost.class)
                + File.pathSeparator
                + codeSource(com.sun.jna.Native.class)
            : codeSource(EngineHost.class));
    command.add(EngineHost.class.getName());
    command.add(settings.engine().path().toString());
    command.add(work.toString());
    command.add(data.toString());
    command.add(Integer.toString(settings.httpPort()));
    command.add(Integer.toString(settings.nativePort()));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("TZ", "UTC");
    // An agent or a debugger meant for the application has no place in the host.
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(environment::remove);
    if (library) {
      chainSignals(environment, javaHome);
    }
    return new EngineProcess(builder.start(), work);
  }

  /** Without libjsig the engine's signals and the JVM's kill the host under load. */
  private static void chainSignals(Map<String, String> environment, Path javaHome) {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    Path jsig = javaHome.resolve("lib").resolve(mac ? "libjsig.dylib" : "libjsig.so");
    if (!Files.exists(jsig)) {
      throw new EngineException(
          "Cannot host libchdb in this Java runtime: "
              + javaHome
              + " (it lacks lib/"
              + jsig.getFileName()
              + ", which the engine needs). Run on a full JDK or JRE, or name a clickhouse program in"
              + " the system property clickpy.clickhouse.");
    }
    environment.merge(
        mac ? "DYLD_INSERT_LIBRARIES" : "LD_PRELOAD",
        jsig.toString(),
        (given, ours) -> ours + ":" + given);
  }

  private static String codeSource(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      if (source != null && "file".equals(source.getLocation().getProtocol())) {
        return Path.of(source.getLocation().toURI()).toString();
      }
    } catch (URISyntaxException e) {
      // Told below, as any other place that a class path cannot name.
    }
    throw new EngineException(
        "Cannot start the engine's host: "
            + (source == null ? "no code source" : source.getLocation())
            + " (the class "
            + type.getName()
            + " is in no plain jar or directory). Put clickpy-embedded and jna on the class path as"
            + " files.");
  }

  /** Waits until the engine listens; empty if it ended before, or if time ran out. */
  Optional<Ready> awaitReady(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Path file = work.resolve(EngineHost.READY_FILE);
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      Optional<Ready> ready = readReady(file);
      if (ready.isPresent()) {
        engine = ProcessHandle.of(ready.get().pid()).orElse(engine);
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
    expectedToEnd = true;
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
    expectedToEnd = true;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    boolean interrupted = false;
    try {
      if (process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        reader.join(TimeUnit.SECONDS.toMillis(1));
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
    expectedToEnd = true;
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
    if (!expectedToEnd) {
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
