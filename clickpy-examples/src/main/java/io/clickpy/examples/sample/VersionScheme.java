package io.clickpy.examples.sample;

/** How a project numbers its releases. */
enum VersionScheme {
  SEMANTIC,
  CALENDAR,
  SHORT;

  static VersionScheme pick(long bits) {
    double unit = SplitMix64.unit(bits);
    if (unit < 0.8) {
      return SEMANTIC;
    }
    return unit < 0.9 ? CALENDAR : SHORT;
  }

  /**
   * The version of the n-th release, counted from 1; one in 32 is a release candidate and one in 32
   * a post-release.
   *
   * @param bits random, to tell which
   */
  String version(int major, int nth, long bits) {
    String version =
        switch (this) {
          case SEMANTIC -> major + "." + nth / 3 + "." + nth % 3;
          case CALENDAR -> (2020 + nth / 12) + "." + (1 + nth % 12) + "." + (1 + major);
          case SHORT -> major + "." + nth;
        };
    return switch ((int) SplitMix64.below(bits, 32)) {
      case 0 -> version + "rc1";
      case 1 -> version + ".post1";
      default -> version;
    };
  }
}
