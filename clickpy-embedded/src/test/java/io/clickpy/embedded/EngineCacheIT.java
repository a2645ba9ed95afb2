package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fetches a small package from a local folder with the real npm client. The engine itself is
 * fetched, into the real cache, by the first test on a machine that starts a server.
 */
class EngineCacheIT {

  private static final String CONTENT = "the library\n".repeat(100_000);

  @TempDir Path directory;

  private Path npm;
  private Path calls;
  private EnginePackage small;

  @BeforeEach
  void writeSmallPackage() throws Exception {
    Assumptions.assumeTrue(npmIsInstalled(), "Needs the npm client");
    Path source = Files.createDirectory(directory.resolve("small"));
    Files.writeString(
        source.resolve("package.json"), "{\"name\": \"small\", \"version\": \"1.0.0\"}");
    Files.writeString(source.resolve("libchdb.so"), CONTENT);
    small = new EnginePackage("small", "file:" + source, "libchdb.so");
    calls = directory.resolve("calls");
    npm = script("npm-counted", "echo called >> '%s'\nexec npm \"$@\"\n".formatted(calls));
  }

  @Test
  void fetchesOnceAndKeeps() throws Exception {
    Path library = cache(npm).library();

    assertThat(library).hasContent(CONTENT);
    assertThat(cache(npm).library()).isEqualTo(library);
    assertThat(calls).hasContent("called\n");
    try (Stream<Path> kept = Files.list(library.getParent())) {
      assertThat(kept.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("libchdb.so", "libchdb.so.size", ".lock");
    }
  }

  @Test
  void threadsAndProcessesShareOneDownload() throws Exception {
    List<Child> children = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int i = 0; i < 2; i++) {
        children.add(
            Child.start(Fetch.class, cacheDirectory().toString(), small.version(), npm.toString()));
      }
      List<Future<Path>> fetched =
          threads.invokeAll(
              Stream.<Callable<Path>>generate(() -> () -> cache(npm).library()).limit(4).toList());
      for (Future<Path> path : fetched) {
        assertThat(path.get()).hasContent(CONTENT);
      }
      for (Child child : children) {
        assertThat(Path.of(child.readLine())).hasContent(CONTENT);
      }
    } finally {
      threads.shutdownNow();
      children.forEach(Child::close);
    }
    assertThat(calls).hasContent("called\n");
  }

  @Test
  void truncatedLibraryIsFetchedAnew() throws Exception {
    Path library = cache(npm).library();
    Files.writeString(library, CONTENT.substring(0, 1000));

    assertThat(cache(npm).library()).isEqualTo(library).hasContent(CONTENT);
    assertThat(calls).hasContent("called\ncalled\n");
  }

  @Test
  void truncatedLibraryThatCannotBeFetchedAnewIsReported() throws Exception {
    Path library = cache(npm).library();
    Files.writeString(library, CONTENT.substring(0, 1000));
    EngineCache offline = cache(directory.resolve("no-npm"));
    EngineLocator locator = new EngineLocator(name -> null, name -> null, offline);

    assertThatThrownBy(() -> locator.locate(Optional.empty()))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("Cannot find a ClickHouse engine.")
        .hasMessageContaining(
            "- the cache: %s (damaged: 1000 bytes instead of %d)\n", library, CONTENT.length())
        .hasMessageContaining("(there is no command %s)\n", directory.resolve("no-npm"));
  }

  @Test
  void archiveThatIsDamagedOnItsWayIsRefused() throws IOException {
    Path damaging =
        script(
            "npm-damaging",
            "npm \"$@\"\nstatus=$?\nfor f in *.tgz; do echo x >> $f; done\nexit $status\n");

    assertThatThrownBy(() -> cache(damaging).library())
        .isInstanceOf(EngineFetchException.class)
        .hasMessageContaining("is damaged: its sha512 is ");
    assertNothingIsKept();
  }

  @Test
  void failureOfTheClientIsToldInItsOwnWords() throws IOException {
    EnginePackage absent =
        new EnginePackage("absent", "file:" + directory + "/absent", "libchdb.so");
    EngineCache cache =
        new EngineCache(cacheDirectory(), Optional.of(absent), new NpmClient(npm.toString()));

    assertThatThrownBy(cache::library)
        .isInstanceOf(EngineFetchException.class)
        .hasMessageStartingWith(
            "cannot fetch %s (%s pack %s ended with exit code ", absent.spec(), npm, absent.spec())
        .hasMessageContaining("ENOENT");
  }

  @Test
  void cacheThatCannotBeWrittenIsReported() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    EngineCache cache =
        new EngineCache(file.resolve("cache"), Optional.of(small), new NpmClient(npm.toString()));

    assertThatThrownBy(cache::library)
        .isInstanceOf(EngineFetchException.class)
        .hasMessageContaining("cannot write %s", file.resolve("cache"));
  }

  private void assertNothingIsKept() throws IOException {
    try (Stream<Path> kept = Files.walk(cacheDirectory())) {
      assertThat(kept.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly(".lock");
    }
  }

  private Path cacheDirectory() {
    return directory.resolve("cache");
  }

  private EngineCache cache(Path command) {
    return new EngineCache(cacheDirectory(), Optional.of(small), new NpmClient(command.toString()));
  }

  private Path script(String name, String text) throws IOException {
    Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean npmIsInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("npm", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Fetches in a process of its own. */
  static final class Fetch {

    private Fetch() {}

    public static void main(String[] arguments) throws EngineFetchException {
      EnginePackage small = new EnginePackage("small", arguments[1], "libchdb.so");
      System.out.println(
          new EngineCache(Path.of(arguments[0]), Optional.of(small), new NpmClient(arguments[2]))
              .library());
    }
  }
}
