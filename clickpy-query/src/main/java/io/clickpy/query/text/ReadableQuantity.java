package io.clickpy.query.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A count for people: two decimals and the short scale's name, as ClickHouse's {@code
 * formatReadableQuantity} writes it.
 *
 * <pre>{@code
 * ReadableQuantity.format(9_787_106); // "9.79 million"
 * }</pre>
 */
public final class ReadableQuantity {
  private static final String[] UNITS = {
    "", " thousand", " million", " billion", " trillion", " quadrillion", " quintillion"
  };

  private ReadableQuantity() {}

  /**
   * Formats a count. The unit is chosen before rounding, so 999,999 is {@code "1000.00 thousand"},
   * as in ClickHouse.
   *
   * @param quantity any value; a negative one keeps its sign
   */
  public static String format(long quantity) {
    // ClickHouse divides a double step by step and prints its exact value: the same here, so that
    // ties fall the same way.
    double scaled = quantity;
    int unit = 0;
    while (unit < UNITS.length - 1 && Math.abs(scaled) >= 1000) {
      scaled /= 1000;
      unit++;
    }
    return new BigDecimal(scaled).setScale(2, RoundingMode.HALF_UP).toPlainString() + UNITS[unit];
  }
}
