package io.clickpy.query.internal;

/** Checks how many rows somebody asks for. */
public final class Limits {
  private Limits() {}

  /**
   * Returns the number, if it is at least 1.
   *
   * @param what what is counted, for the error
   */
  public static int check(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Invalid number of " + what + ": " + count + " (must be > 0)");
    }
    return count;
  }
}
