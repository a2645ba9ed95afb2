package io.clickpy.query.export;

import java.util.function.Supplier;

/** A library that a format needs and clickpy does not bring along. */
enum OptionalLibrary {
  JACKSON_CORE("com.fasterxml.jackson.core:jackson-core"),
  JACKSON_CSV("com.fasterxml.jackson.dataformat:jackson-dataformat-csv");

  private final String coordinates;

  OptionalLibrary(String coordinates) {
    this.coordinates = coordinates;
  }

  /**
   * Returns what needs the library.
   *
   * @param what its name, for the error
   * @param format a lambda, so that its class is loaded here and not before
   */
  ExportFormat require(String what, Supplier<ExportFormat> format) {
    try {
      return format.get();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Cannot export %s: a library is not on the class path. Add %s."
              .formatted(what, coordinates),
          e);
    }
  }
}
