package io.clickpy.core.access;

import java.time.Duration;

/** Checks limits: ClickHouse takes 0 for no limit at all. */
final class Positive {
  private Positive() {}

  static void number(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("Invalid %s: %d (must be > 0)".formatted(name, value));
    }
  }

  static void seconds(String name, Duration value) {
    if (value.toSeconds() < 1 || !value.equals(Duration.ofSeconds(value.toSeconds()))) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be whole seconds, at least one)".formatted(name, value));
    }
  }
}
