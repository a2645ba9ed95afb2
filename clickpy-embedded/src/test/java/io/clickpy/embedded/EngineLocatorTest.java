package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLocatorTest {

  private static final EnginePackage PACKAGE =
      new EnginePackage("@clickpy/none", "1.0.0", "libchdb.so");

  @TempDir Path directory;

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void looksInTheDocumentedOrder() throws IOException {
    Path chosen = program("chosen/clickhouse");
    Path byProperty = program("property/clickhouse");
    Path byVariable = program("variable/clickhouse");
    Path onPath = program("path/clickhouse");
    Path libraryByProperty = file("property/libchdb.so");
    Path libraryByVariable = file("variable/libchdb.so");
    Path cached = file("cache/clickpy-none-1.0.0/libchdb.so");
    Files.writeString(cached.resolveSibling("libchdb.so.size"), "0");
    properties.put("clickpy.clickhouse", byProperty.toString());
    environment.put("CLICKPY_CLICKHOUSE", byVariable.toString());
    environment.put("PATH", directory + "/absent" + File.pathSeparator + onPath.getParent());
    properties.put("clickpy.libchdb", libraryByProperty.toString());
    environment.put("CLICKPY_LIBCHDB", libraryByVariable.toString());

    assertThat(locator().locate(Optional.of(chosen))).isEqualTo(new Engine.Program(chosen));
    assertThat(locate()).isEqualTo(new Engine.Program(byProperty));
    properties.remove("clickpy.clickhouse");
    assertThat(locate()).isEqualTo(new Engine.Program(byVariable));
    environment.put("CLICKPY_CLICKHOUSE", " ");
    assertThat(locate()).isEqualTo(new Engine.Program(onPath));
    environment.remove("PATH");
    assertThat(locate()).isEqualTo(new Engine.Library(libraryByProperty));
    properties.remove("clickpy.libchdb");
    assertThat(locate()).isEqualTo(new Engine.Library(libraryByVariable));
    environment.remove("CLICKPY_LIBCHDB");
    assertThat(locate()).isEqualTo(new Engine.Library(cached));
  }

  @Test
  void passesOverWhatOnThePathCannotBeRun() throws IOException {
    Path notExecutable = file("one/clickhouse");
    Path directoryOfThatName = Files.createDirectories(directory.resolve("two/clickhouse"));
    Path usable = program("three/clickhouse");
    environment.put(
        "PATH",
        String.join(
            File.pathSeparator,
            "",
            notExecutable.getParent().toString(),
            directoryOfThatName.getParent().toString(),
            usable.getParent().toString()));

    assertThat(locate()).isEqualTo(new Engine.Program(usable));
  }

  @Test
  void namedEngineThatIsAbsentIsAnErrorAndNotPassedOver() throws IOException {
    environment.put("PATH", program("path/clickhouse").getParent().toString());
    Path absent = directory.resolve("absent");
    properties.put("clickpy.clickhouse", absent.toString());

    assertThatThrownBy(this::locate)
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "Cannot use engine: %s (no such file; named by the system property clickpy.clickhouse)."
                + " Name a clickhouse program or a libchdb library, or name none: one is then looked"
                + " for.",
            absent);
  }

  @Test
  void namedProgramThatIsNotExecutableIsAnError() throws IOException {
    Path file = file("clickhouse");
    environment.put("CLICKPY_CLICKHOUSE", file.toString());

    assertThatThrownBy(this::locate)
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "Cannot use engine: %s (not executable; named by the environment variable"
                + " CLICKPY_CLICKHOUSE). Name a clickhouse program or a libchdb library, or name"
                + " none: one is then looked for.",
            file);
  }

  @Test
  void machineWithoutAnyIsToldEachPlaceAndEachWayOut() {
    Path library = directory.resolve("cache/clickpy-none-1.0.0/libchdb.so");

    assertThatThrownBy(this::locate)
        .isInstanceOf(EngineException.class)
        .hasMessage(
            """
            Cannot find a ClickHouse engine. Looked for
            - a clickhouse program: system property clickpy.clickhouse (not set), environment \
            variable CLICKPY_CLICKHOUSE (not set), PATH (has none)
            - a libchdb library: system property clickpy.libchdb (not set), environment variable \
            CLICKPY_LIBCHDB (not set)
            - the cache: %s (absent)
            - the npm client: cannot fetch @clickpy/none@1.0.0 (there is no command %s)
            Any one of these helps: put a clickhouse program on the PATH or name it; name a libchdb \
            library; install npm (it comes with Node.js), which fetches one once; copy the cache of \
            a machine that has it; use a ClickHouse that runs elsewhere.""",
            library, directory.resolve("no-npm"));
  }

  @Test
  void platformWithoutALibraryIsToldSo() {
    EngineLocator locator = locator(Optional.empty());

    assertThatThrownBy(() -> locator.locate(Optional.empty()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(
            "- the npm client: has no libchdb for %s on %s\n",
            System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  @Test
  void cacheDirectoryIsTheFirstThatIsNamed() {
    properties.put("clickpy.cache", "/property");
    environment.put("CLICKPY_CACHE", "/variable");
    environment.put("XDG_CACHE_HOME", "/xdg");
    properties.put("user.home", "/home/someone");

    assertThat(cacheDirectory()).isEqualTo(Path.of("/property"));
    properties.remove("clickpy.cache");
    assertThat(cacheDirectory()).isEqualTo(Path.of("/variable"));
    environment.remove("CLICKPY_CACHE");
    assertThat(cacheDirectory()).isEqualTo(Path.of("/xdg/clickpy"));
    environment.remove("XDG_CACHE_HOME");
    assertThat(cacheDirectory()).isEqualTo(Path.of("/home/someone/.cache/clickpy"));
    properties.remove("user.home");
    assertThatThrownBy(this::cacheDirectory)
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "Cannot tell the cache directory (there is no home directory). Name one in the system"
                + " property clickpy.cache.");
  }

  private Path cacheDirectory() {
    return EngineCache.directory(properties::get, environment::get);
  }

  private Engine locate() {
    return locator().locate(Optional.empty());
  }

  private EngineLocator locator() {
    return locator(Optional.of(PACKAGE));
  }

  private EngineLocator locator(Optional<EnginePackage> enginePackage) {
    return new EngineLocator(
        properties::get,
        environment::get,
        new EngineCache(
            directory.resolve("cache"),
            enginePackage,
            new NpmClient(directory.resolve("no-npm").toString())));
  }

  private Path file(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private Path program(String name) throws IOException {
    Path file = file(name);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
