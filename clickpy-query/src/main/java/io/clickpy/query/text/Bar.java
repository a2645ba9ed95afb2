package io.clickpy.query.text;

/**
 * A horizontal bar with a resolution of an eighth of a character, as ClickHouse's {@code bar}
 * function draws it.
 *
 * <pre>{@code
 * Bar.of(8_825_396, 0, 9_846_985, 10); // "████████▉"
 * }</pre>
 */
public final class Bar {
  /** The width that ClickHouse's {@code bar} takes when it is told none: an old terminal's. */
  public static final int DEFAULT_WIDTH = 80;

  private static final int MAX_WIDTH = 1000;
  private static final int EIGHTHS = 8;
  private static final String FULL_BLOCK = "█";
  private static final String PARTIAL_BLOCKS = "▏▎▍▌▋▊▉";

  private Bar() {}

  /**
   * Draws {@code value} on the scale from {@code min} to {@code max}, {@value #DEFAULT_WIDTH}
   * characters wide.
   */
  public static String of(long value, long min, long max) {
    return of(value, min, max, DEFAULT_WIDTH);
  }

  /**
   * Draws {@code value} on the scale from {@code min}, an empty bar, to {@code max}, a bar of
   * {@code width} characters. Values outside the scale are drawn as its ends; what does not fill an
   * eighth is left out.
   *
   * @param width characters, 1 to 1000
   * @throws IllegalArgumentException if the width is out of range
   */
  public static String of(long value, long min, long max, int width) {
    if (width < 1 || width > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "Invalid bar width: " + width + " (must be 1 to " + MAX_WIDTH + " characters).");
    }
    int eighths = (int) (filled(value, min, max, width) * EIGHTHS);
    String bar = FULL_BLOCK.repeat(eighths / EIGHTHS);
    int rest = eighths % EIGHTHS;
    return rest == 0 ? bar : bar + PARTIAL_BLOCKS.charAt(rest - 1);
  }

  private static double filled(long value, long min, long max, int width) {
    if (value <= min) {
      return 0;
    }
    if (value >= max) {
      return width;
    }
    return ((double) value - min) / ((double) max - min) * width;
  }
}
