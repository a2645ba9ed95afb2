package io.clickpy.query.internal;

import java.util.function.Supplier;

/** A library that something needs and clickpy does not bring along. */
public enum OptionalLibrary {
  /** Caches. */
  CAFFEINE("com.github.ben-manes.caffeine:caffeine"),
  /** JSON. */
  JACKSON_CORE("com.fasterxml.jackson.core:jackson-core"),
  /** CSV. */
  JACKSON_CSV("com.fasterxml.jackson.dataformat:jackson-dataformat-csv");

  private final String coordinates;

  OptionalLibrary(String coordinates) {
    this.coordinates = coordinates;
  }

  /**
   * Returns what needs the library.
   *
   * @param purpose what it is for, for the error
   * @param made a lambda, so that its class is loaded here and not before
   * @throws IllegalStateException if the library is missing
   */
  public <T> T require(String purpose, Supplier<T> made) {
    try {
      return made.get();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Cannot %s: a library is not on the class path. Add %s.".formatted(purpose, coordinates),
          e);
    }
  }
}
