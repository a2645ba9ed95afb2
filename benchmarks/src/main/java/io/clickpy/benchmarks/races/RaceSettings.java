package io.clickpy.benchmarks.races;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How large a race is.
 *
 * @param rows how many downloads; at least 1,000
 * @param rounds how many rounds count; at least 1, and 5 or more for figures that are to mean
 *     something
 * @param questions how many questions a lap asks, whose median counts; at least 1
 * @param directory for input files, which are kept for the next race
 * @param log hears how the race goes
 */
public record RaceSettings(
    long rows, int rounds, int questions, Path directory, Consumer<String> log) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public RaceSettings {
    check("rows", rows, 1_000);
    check("rounds", rounds, 1);
    check("questions", questions, 1);
  }

  private static void check(String what, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "Invalid number of %s: %d (must be at least %d).".formatted(what, value, least));
    }
  }

  /** Returns how many pages a lap asks for: fewer than questions, as each asks many. */
  int pages() {
    return Math.max(1, questions / 10);
  }
}
