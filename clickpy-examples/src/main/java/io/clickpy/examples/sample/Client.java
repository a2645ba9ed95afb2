package io.clickpy.examples.sample;

import org.jspecify.annotations.Nullable;

/**
 * What a download's user agent and connection tell. Each part may be unknown, and of an unknown
 * agent everything but the connection is.
 *
 * @param python the full version, such as {@code 3.12.4}
 */
record Client(
    @Nullable Installer installer,
    @Nullable String python,
    @Nullable String implementation,
    @Nullable Platform platform,
    @Nullable String opensslVersion,
    @Nullable String setuptoolsVersion,
    @Nullable String rustcVersion,
    String tlsProtocol,
    String tlsCipher) {

  /**
   * The first two parts of the Python version, empty if unknown: the dimension of ClickPy's tables.
   */
  String pythonMinor() {
    return python == null ? "" : python.substring(0, python.indexOf('.', python.indexOf('.') + 1));
  }

  /** The name and version of the installing program. */
  record Installer(String name, String version) {}

  /**
   * The machine of a client.
   *
   * @param system such as {@code Linux}
   */
  record Platform(
      String system, @Nullable String release, @Nullable Distro distro, @Nullable String cpu) {}

  /** The distribution of an operating system. */
  record Distro(
      String name,
      String version,
      @Nullable String id,
      @Nullable String libc,
      @Nullable String libcVersion) {}
}
