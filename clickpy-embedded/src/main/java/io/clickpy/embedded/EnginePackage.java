package io.clickpy.embedded;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The npm package that carries {@code libchdb} for one platform.
 *
 * @param name the package's name
 * @param version the exact version
 * @param library the library's file name in the package
 */
record EnginePackage(String name, String version, String library) {

  private static final String VERSION = "26.7.3-stable.1";
  private static final Pattern NOT_FOR_FILES = Pattern.compile("[^A-Za-z0-9.]+");

  /**
   * The package for an operating system and architecture as Java names them; empty if there is
   * none.
   */
  static Optional<EnginePackage> of(String os, String arch) {
    Optional<String> cpu =
        switch (arch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> Optional.of("x64");
          case "aarch64", "arm64" -> Optional.of("arm64");
          default -> Optional.empty();
        };
    String system = os.toLowerCase(Locale.ROOT);
    if (system.startsWith("linux")) {
      return cpu.map(
          c -> new EnginePackage("@chdb/lib-linux-" + c + "-gnu", VERSION, "libchdb.so"));
    }
    if (system.startsWith("mac")) {
      return cpu.map(c -> new EnginePackage("@chdb/lib-darwin-" + c, VERSION, "libchdb.so"));
    }
    return Optional.empty();
  }

  /** What npm calls it. */
  String spec() {
    return name + "@" + version;
  }

  /** Its directory in the cache, such as {@code chdb-lib-linux-x64-gnu-26.7.3-stable.1}. */
  String directoryName() {
    return NOT_FOR_FILES.matcher(spec()).replaceAll("-").replaceFirst("^-", "");
  }
}
