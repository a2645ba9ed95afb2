package io.clickpy.benchmarks.race;

import java.util.List;
import java.util.Locale;

/**
 * What a race measured.
 *
 * @param name what was raced for
 * @param unit what a lap measured
 * @param sides the laps of each side; the first is what the others are compared with
 */
public record RaceResult(String name, String unit, List<Laps> sides) {

  /** Copies the sides. */
  public RaceResult {
    sides = List.copyOf(sides);
  }

  /**
   * The laps of a side.
   *
   * @param side its name
   * @param laps one measurement for each round, in their order
   */
  public record Laps(String side, List<Double> laps) {

    /** Copies the laps. */
    public Laps {
      laps = List.copyOf(laps);
    }

    /** Returns what it measured. */
    public Spread spread() {
      return Spread.of(laps.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /** Returns a side's laps divided by the first side's laps of the same rounds. */
  public Spread ratios(Laps side) {
    List<Double> first = sides.get(0).laps();
    double[] ratios = new double[first.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = side.laps().get(i) / first.get(i);
    }
    return Spread.of(ratios);
  }

  /** Returns the laps of a side. */
  public Laps side(String name) {
    return sides.stream()
        .filter(side -> side.side().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid side: '" + name + "'."));
  }

  Figures table() {
    String than = "× " + sides.get(0).side();
    Figures table =
        Figures.of(
            name, "side", "min " + unit, "median " + unit, "max " + unit, than, "min", "max");
    for (Laps side : sides) {
      Spread laps = side.spread();
      Spread ratios = ratios(side);
      table =
          table.row(
              side.side(),
              number(laps.min()),
              number(laps.median()),
              number(laps.max()),
              ratio(ratios.median()),
              ratio(ratios.min()),
              ratio(ratios.max()));
    }
    return table;
  }

  /** Returns a measurement with about three digits that tell something. */
  static String number(double value) {
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
