package io.clickpy.examples.text;

import io.clickpy.query.text.Bar;
import io.clickpy.query.text.ReadableQuantity;
import java.time.Duration;
import java.util.Locale;

/**
 * The text of a progress report: how much is done, how fast, and how long the rest will take at
 * that pace.
 *
 * <pre>{@code
 * new ProgressLine("rows", 5_000_000).render(1_250_000, Duration.ofSeconds(5));
 * // "█████                 25%  1.25 million rows, 250.00 thousand rows/s, 0:15 left"
 * }</pre>
 *
 * @param unit what is counted, in the plural
 * @param total how much there is to do, 0 or more
 */
public record ProgressLine(String unit, long total) {
  private static final int BAR_WIDTH = 20;

  /**
   * Checks the total.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ProgressLine {
    if (total < 0) {
      throw new IllegalArgumentException("Invalid total: " + total + " (must not be negative).");
    }
  }

  /** The part of the work that is done, in per cent, from 0 to 100; of no work, all is done. */
  public int percent(long done) {
    return total == 0 ? 100 : (int) Math.min(100, Math.max(0, 100.0 * done / total));
  }

  /** The report. The pace and the rest are left out while there is none to judge by. */
  public String render(long done, Duration elapsed) {
    String bar = Bar.of(percent(done), 0, 100, BAR_WIDTH);
    String counted = ReadableQuantity.format(done) + " " + unit;
    String line = String.format(Locale.ROOT, "%-20s %3d%%  %s", bar, percent(done), counted);
    double seconds = elapsed.toNanos() / 1e9;
    if (done <= 0 || seconds <= 0) {
      return line;
    }
    double perSecond = done / seconds;
    String pace = ", " + ReadableQuantity.format(Math.round(perSecond)) + " " + unit + "/s";
    return line + pace + rest(done, perSecond);
  }

  private String rest(long done, double perSecond) {
    return done >= total
        ? ""
        : ", " + clock((long) Math.ceil((total - done) / perSecond)) + " left";
  }

  private static String clock(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
