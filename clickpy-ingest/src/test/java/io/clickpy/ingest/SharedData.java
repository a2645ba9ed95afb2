package io.clickpy.ingest;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data beside the project's checkout, which tests may use where it is. */
final class SharedData {
  private SharedData() {}

  /** Returns a folder of that data, whether it is there or not. */
  static Path folder(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("shared/data"))) {
      at = at.getParent();
    }
    return (at == null ? Path.of("..") : at).resolve("shared/data").resolve(name);
  }
}
