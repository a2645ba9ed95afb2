package io.clickpy.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks for an engine, in the order that {@link EmbeddedClickHouse} documents. */
final class EngineLocator {

  private final Lookup properties;
  private final Lookup environment;
  private final EngineCache cache;

  /** Where a name may have a value: the system properties, the environment. */
  @FunctionalInterface
  interface Lookup {
    @Nullable String valueOf(String name);
  }

  EngineLocator(Lookup properties, Lookup environment, EngineCache cache) {
    this.properties = properties;
    this.environment = environment;
    this.cache = cache;
  }

  static EngineLocator ofThisMachine() {
    Lookup properties = System::getProperty;
    Lookup environment = System::getenv;
    return new EngineLocator(
        properties, environment, EngineCache.ofThisMachine(properties, environment));
  }

  /**
   * Finds an engine, or fetches one.
   *
   * @param chosen the engine that the caller names, if any
   */
  Engine locate(Optional<Path> chosen) {
    if (chosen.isPresent()) {
      return checked(Engine.of(chosen.get()), "the builder");
    }
    return configured("clickpy.clickhouse", "CLICKPY_CLICKHOUSE", Engine.Program::new)
        .or(this::onPath)
        .or(() -> configured("clickpy.libchdb", "CLICKPY_LIBCHDB", Engine.Library::new))
        .orElseGet(this::cached);
  }

  /** A place that names an engine means it: a wrong name is an error, not a reason to look on. */
  private Optional<Engine> configured(String property, String variable, EngineKind kind) {
    String fromProperty = properties.valueOf(property);
    if (fromProperty != null && !fromProperty.isBlank()) {
      return Optional.of(named(fromProperty, "the system property " + property, kind));
    }
    String fromVariable = environment.valueOf(variable);
    if (fromVariable != null && !fromVariable.isBlank()) {
      return Optional.of(named(fromVariable, "the environment variable " + variable, kind));
    }
    return Optional.empty();
  }

  /** Makes an engine of one kind. */
  @FunctionalInterface
  private interface EngineKind {
    Engine at(Path path);
  }

  private static Engine named(String value, String by, EngineKind kind) {
    try {
      return checked(kind.at(Path.of(value).toAbsolutePath()), by);
    } catch (InvalidPathException e) {
      throw unusable(value, by, "is not a path");
    }
  }

  private static Engine checked(Engine engine, String by) {
    if (!Files.isRegularFile(engine.path())) {
      throw unusable(engine.path().toString(), by, "no such file");
    }
    if (engine instanceof Engine.Program && !Files.isExecutable(engine.path())) {
      throw unusable(engine.path().toString(), by, "not executable");
    }
    return engine;
  }

  private static EngineException unusable(String path, String by, String reason) {
    return new EngineException(
        "Cannot use engine: "
            + path
            + " ("
            + reason
            + "; named by "
            + by
            + "). Name a clickhouse program or a libchdb library, or name none: one is then looked for.");
  }

  private Optional<Engine> onPath() {
    String path = environment.valueOf("PATH");
    if (path == null) {
      return Optional.empty();
    }
    Predicate<Path> usable = file -> Files.isRegularFile(file) && Files.isExecutable(file);
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .filter(directory -> !directory.isBlank())
        .map(directory -> Path.of(directory, "clickhouse").toAbsolutePath())
        .filter(usable)
        .findFirst()
        .map(Engine.Program::new);
  }

  private Engine cached() {
    try {
      return new Engine.Library(cache.library());
    } catch (EngineFetchException e) {
      throw new EngineException(
          String.join(
              "\n",
              List.of(
                  "Cannot find a ClickHouse engine. Looked for",
                  "- a clickhouse program: system property clickpy.clickhouse (not set), environment"
                      + " variable CLICKPY_CLICKHOUSE (not set), PATH (has none)",
                  "- a libchdb library: system property clickpy.libchdb (not set), environment"
                      + " variable CLICKPY_LIBCHDB (not set)",
                  "- the cache: " + e.cacheState(),
                  "- the npm client: " + e.getMessage(),
                  "Any one of these helps: put a clickhouse program on the PATH or name it; name a"
                      + " libchdb library; install npm (it comes with Node.js), which fetches one"
                      + " once; copy the cache of a machine that has it; use a ClickHouse that runs"
                      + " elsewhere.")),
          e);
    }
  }
}
