package io.clickpy.examples.sample;

/**
 * The SplitMix64 generator of Steele, Lea and Flood: fast, and the same numbers on every machine
 * and Java version.
 *
 * <p>Not thread-safe.
 */
final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  /**
   * Scrambles 64 bits, so that neighbouring numbers share nothing: a seed of its own for each thing
   * counted.
   */
  static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Scrambles a seed together with what sets this use of it apart from others. */
  static long mix(long seed, long distinction) {
    return mix(mix(seed) ^ distinction);
  }

  /** 64 random bits. */
  long next() {
    long bits = mix(state);
    state += GOLDEN_GAMMA;
    return bits;
  }

  /** A number from 0 to {@code bound - 1}, for a bound of at most 2³². */
  long below(long bound) {
    return below(next(), bound);
  }

  /** Maps 64 random bits to a number from 0 to {@code bound - 1}, for a bound of at most 2³². */
  static long below(long bits, long bound) {
    return ((bits >>> 32) * bound) >>> 32;
  }

  /** Maps 64 random bits to a number from 0 (included) to 1 (excluded). */
  static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }
}
