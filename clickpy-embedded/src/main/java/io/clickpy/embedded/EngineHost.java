package io.clickpy.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

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

  private EngineHost() {}

  /**
   * Serves until standard input ends.
   *
   * @param arguments the engine's path, the working directory (where {@link ServerConfig} wrote),
   *     the data directory, the HTTP port and the native port, each 0 for a free one
   */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.of(Path.of(arguments[0]));
    Path work = Path.of(arguments[1]);
    Path data = Path.of(arguments[2]);
    int status;
    try (FileChannel channel =
        FileChannel.open(
            data.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        status = DATA_DIRECTORY_IN_USE;
      } else if (engine instanceof Engine.Library library) {
        status = Libchdb.load(library.path()).serve(work);
      } else {
        status =
            new ClickHouseProgram(engine.path(), work)
                .serve(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
      }
      removeQuietly(work);
    }
    // Not exit: the engine's threads may still run, and nothing of this process needs a farewell.
    Runtime.getRuntime().halt(status);
  }

  /** Tells the parent, all at once, that the engine listens. */
  static void tellReady(Path work, int httpPort, int nativePort, String version, long pid)
      throws IOException {
    Path whole = Files.createTempFile(work, "ready", ".tmp");
    Files.writeString(whole, httpPort + "\t" + nativePort + "\t" + version + "\t" + pid + "\n");
    Files.move(whole, work.resolve(READY_FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void removeQuietly(Path work) {
    try {
      Directories.delete(work);
    } catch (IOException e) {
      System.err.println("Cannot remove " + work + " (" + e + ").");
    }
  }
}
