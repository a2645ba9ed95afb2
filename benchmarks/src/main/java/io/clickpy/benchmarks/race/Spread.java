package io.clickpy.benchmarks.race;

import java.util.Arrays;

/**
 * The least, the middle and the greatest of some measurements.
 *
 * @param min the least
 * @param median the middle one, or the mean of the two in the middle
 * @param max the greatest
 */
public record Spread(double min, double median, double max) {

  /**
   * Returns the spread of at least one measurement.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("Invalid measurements: none (must be at least one).");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }
}
