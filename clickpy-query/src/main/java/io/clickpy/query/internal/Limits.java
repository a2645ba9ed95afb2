package io.clickpy.query.internal;

/** Checks how many of something are asked for. */
public final class Limits {
  private static final int MOST_DAYS = 0xffff;
  private static final int MOST_MONTHS = 1_200;

  private Limits() {}

  /**
   * Returns the number, if it is at least 1.
   *
   * @param what what is counted, for the error
   */
  public static int check(String what, int count) {
    return Math.toIntExact(check(what, (long) count));
  }

  /** Returns the number, as {@link #check(String, int)}. */
  public static long check(String what, long count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Invalid number of " + what + ": " + count + " (must be > 0)");
    }
    return count;
  }

  /** Returns the number of days, if it is one that ClickHouse can count. */
  public static int days(int count) {
    return check("days", count, MOST_DAYS);
  }

  /** Returns the number of months, if ClickHouse can count so many back from now. */
  public static int months(int count) {
    return check("months", count, MOST_MONTHS);
  }

  private static int check(String what, int count, int most) {
    if (count < 1 || count > most) {
      throw new IllegalArgumentException(
          "Invalid number of %s: %d (must be between 1 and %d)".formatted(what, count, most));
    }
    return count;
  }
}
