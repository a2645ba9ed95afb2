package io.clickpy.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The main class of the child process that keeps an engine apart from the application. It ends when
 * its standard input does, so also when its parent dies, and then removes its working directory.
 *
 * <p>Its class path holds this module and JNA only.
 */
final class EngineHost {

  /** What the engine tells when it listens, a file in the working directory. */
  static final String READY_FILE = "ready.tsv";

  /** The exit code that says that another host holds the data directory. */
  static final int DATA_DIRECTORY_IN_USE = 3;

  private static final String LOCK_FILE = ".clickpy-embedded.lock";
  private static final int REMOVE_ATTEMPTS = 5;

  private final Engine engine;
  private final Path work;

  private EngineHost(Engine engine, Path work) {
    this.engine = engine;
    this.work = work;
  }

  /**
   * Serves until standard input ends.
   *
   * @param arguments the engine's path, the working directory (where {@link ServerConfig} wrote),
   *     the data directory, the HTTP port and the native port, each 0 for a free one
   */
  public static void main(String[] arguments) throws Exception {
    EngineHost host = new EngineHost(Engine.of(Path.of(arguments[0])), Path.of(arguments[1]));
    try {
      Hosted hosted = host.load(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
      host.end(host.serve(hosted, Path.of(arguments[2])));
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      host.end(1);
    }
  }

  /** An engine in this process's care. */
  interface Hosted {

    /**
     * Serves with the configuration in the working directory until it is stopped or fails.
     *
     * @return the exit code
     */
    int serve() throws IOException, InterruptedException;

    /** Makes {@link #serve()} return soon; returns when waiting longer for that is of no use. */
    void stop() throws InterruptedException;
  }

  private Hosted load(int httpPort, int nativePort) {
    return engine instanceof Engine.Library
        ? Libchdb.load(engine.path(), work)
        : new ClickHouseProgram(engine.path(), work, httpPort, nativePort);
  }

  private int serve(Hosted hosted, Path data) throws IOException, InterruptedException {
    try (FileChannel channel =
        FileChannel.open(
            data.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        return DATA_DIRECTORY_IN_USE;
      }
      Thread guard = new Thread(() -> stopAtEndOfInput(hosted), "standard-input");
      guard.setDaemon(true);
      guard.start();
      return hosted.serve();
    }
  }

  private void stopAtEndOfInput(Hosted hosted) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe is an end too.
    }
    try {
      hosted.stop();
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if so, the end comes only sooner.
    }
    end(0);
  }

  /** Tells the parent, all at once, that the engine listens. */
  static void tellReady(Path work, int httpPort, int nativePort, String version, long pid)
      throws IOException {
    Path whole = Files.createTempFile(work, "ready", ".tmp");
    Files.writeString(whole, httpPort + "\t" + nativePort + "\t" + version + "\t" + pid + "\n");
    Files.move(whole, work.resolve(READY_FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Ends the process at once, whatever the engine's threads still do. */
  private synchronized void end(int status) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    for (int attempt = 1; attempt <= REMOVE_ATTEMPTS; attempt++) {
      try {
        Directories.delete(work);
        break;
      } catch (IOException e) {
        // The engine has just written there: once more, and at last the parent may.
      }
    }
    if (engine instanceof Engine.Library) {
      Libchdb.exitProcess(status);
    }
    Runtime.getRuntime().halt(status);
  }
}
