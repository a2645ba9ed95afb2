package io.clickpy.examples.sample;

/**
 * How downloads fall with a project's rank: straight lines, on logarithmic scales, through what
 * PyPI's ranking of March 2026 shows at some ranks; the last line goes on for ever.
 */
final class Popularity {
  private static final double[] RANKS = {
    1, 2, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000
  };
  private static final double[] MILLIONS = {
    1880, 1578, 1224, 763, 486, 303, 159, 47.3, 16.8, 4.68, 0.805, 0.148, 0.0575
  };

  private Popularity() {}

  /** The downloads of a month, in millions. */
  static double at(int rank) {
    int line = 0;
    while (line < RANKS.length - 2 && rank >= RANKS[line + 1]) {
      line++;
    }
    // StrictMath: Math may differ in the last bit from one machine to the next.
    double slope =
        StrictMath.log(MILLIONS[line + 1] / MILLIONS[line])
            / StrictMath.log(RANKS[line + 1] / RANKS[line]);
    return MILLIONS[line] * StrictMath.pow(rank / RANKS[line], slope);
  }
}
