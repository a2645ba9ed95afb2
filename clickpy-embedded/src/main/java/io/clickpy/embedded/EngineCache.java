package io.clickpy.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that keeps fetched engines. Many processes may use it at once: a file in it is
 * always whole, or told apart by the size that is noted beside it.
 */
final class EngineCache {

  private static final Logger LOG = LoggerFactory.getLogger(EngineCache.class);

  /** File locks are the process's own; threads of one process need this one too. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path directory;
  private final Optional<EnginePackage> enginePackage;
  private final NpmClient npm;

  EngineCache(Path directory, Optional<EnginePackage> enginePackage, NpmClient npm) {
    this.directory = directory;
    this.enginePackage = enginePackage;
    this.npm = npm;
  }

  static EngineCache ofThisMachine(
      EngineLocator.Lookup properties, EngineLocator.Lookup environment) {
    return new EngineCache(
        directory(properties, environment),
        EnginePackage.of(System.getProperty("os.name"), System.getProperty("os.arch")),
        new NpmClient("npm"));
  }

  /** Where the cache is, by the first of its names that is set. */
  static Path directory(EngineLocator.Lookup properties, EngineLocator.Lookup environment) {
    return value(properties, "clickpy.cache")
        .or(() -> value(environment, "CLICKPY_CACHE"))
        .or(() -> value(environment, "XDG_CACHE_HOME").map(home -> home.resolve("clickpy")))
        .or(() -> value(properties, "user.home").map(h -> h.resolve(".cache").resolve("clickpy")))
        .orElseThrow(
            () ->
                new EngineException(
                    "Cannot tell the cache directory (there is no home directory). Name one in the"
                        + " system property clickpy.cache."));
  }

  private static Optional<Path> value(EngineLocator.Lookup lookup, String name) {
    return Optional.ofNullable(lookup.valueOf(name))
        .filter(value -> !value.isBlank())
        .map(value -> Path.of(value).toAbsolutePath());
  }

  /**
   * The library, fetched first if the cache has no whole one.
   *
   * @throws EngineFetchException if it is not there and cannot be fetched
   */
  Path library() throws EngineFetchException {
    EnginePackage wanted =
        enginePackage.orElseThrow(
            () ->
                new EngineFetchException(
                    directory + " (not used)",
                    "has no libchdb for "
                        + System.getProperty("os.name")
                        + " on "
                        + System.getProperty("os.arch"),
                    null));
    Path home = directory.resolve(wanted.directoryName());
    CachedFile library = new CachedFile(home.resolve(wanted.library()));
    if (library.isWhole()) {
      return library.path();
    }
    String state = library.state();
    try {
      fetchOnce(wanted, home, library);
      return library.path();
    } catch (IOException e) {
      throw new EngineFetchException(
          state, "cannot fetch " + wanted.spec() + " (" + e.getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineFetchException(state, "was interrupted", e);
    }
  }

  private void fetchOnce(EnginePackage wanted, Path home, CachedFile library)
      throws IOException, InterruptedException {
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new IOException("cannot write " + directory + ": " + e, e);
    }
    THREADS.lockInterruptibly();
    try (FileChannel channel =
        FileChannel.open(
            home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      // Another process may have fetched it while this one waited.
      if (!library.isWhole()) {
        fetch(wanted, home, library);
      }
    } finally {
      THREADS.unlock();
    }
  }

  private void fetch(EnginePackage wanted, Path home, CachedFile library)
      throws IOException, InterruptedException {
    if (Files.exists(library.path())) {
      LOG.warn("{}: fetching it anew", library.state());
    }
    long from = System.nanoTime();
    LOG.info("Fetching {} (about 180 MB, once) into {}", wanted.spec(), home);
    Path temporary = home.resolve("fetching.tmp");
    // Left by a process that was killed: the lock says that nobody fetches now.
    Directories.delete(temporary);
    Files.createDirectory(temporary);
    try {
      Path archive = npm.pack(wanted.spec(), temporary);
      LOG.info("Unpacking {}", archive.getFileName());
      Path unpacked = temporary.resolve(wanted.library());
      try (InputStream in =
              new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16);
          OutputStream out = Files.newOutputStream(unpacked)) {
        Tar.extract(in, "package/" + wanted.library(), out);
      }
      library.replaceBy(unpacked);
    } finally {
      Directories.delete(temporary);
    }
    LOG.info(
        "Fetched {} in {} s",
        wanted.spec(),
        (System.nanoTime() - from + 500_000_000) / 1_000_000_000);
  }
}
