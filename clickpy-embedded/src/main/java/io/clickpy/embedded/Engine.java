package io.clickpy.embedded;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the code of ClickHouse is: a stand-alone program, or the library that is loaded into a
 * host.
 */
sealed interface Engine {

  Path path();

  /** Tells the two kinds apart by the file's name. */
  static Engine of(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.startsWith("libchdb") ? new Library(path) : new Program(path);
  }

  /**
   * The {@code clickhouse} multi-tool program.
   *
   * @param path the executable
   */
  record Program(Path path) implements Engine {}

  /**
   * The {@code libchdb} shared library.
   *
   * @param path the library
   */
  record Library(Path path) implements Engine {}
}
