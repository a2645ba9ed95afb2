package io.clickpy.benchmarks.race;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Several ways to do the same work. Each round runs every side once; the order moves on by one from
 * round to round, so that no side always runs first, and what slows the machine down for a while
 * slows all of them. What counts is the ratio within a round.
 *
 * @param name what is raced for
 * @param unit what a lap measures, for example {@code s}; less is better
 * @param sides at least one; the others are compared with the first
 */
public record Race(String name, String unit, List<Side> sides) {

  /**
   * Copies the sides.
   *
   * @throws IllegalArgumentException if there is none, or two have the same name
   */
  public Race {
    sides = List.copyOf(sides);
    Set<String> names = new HashSet<>(sides.stream().map(Side::name).toList());
    if (sides.isEmpty() || names.size() < sides.size()) {
      throw new IllegalArgumentException(
          "Invalid sides: %s (must be some, of different names)."
              .formatted(sides.stream().map(Side::name).toList()));
    }
  }

  /** Returns a race. */
  public static Race of(String name, String unit, Side... sides) {
    return new Race(name, unit, List.of(sides));
  }

  /**
   * Runs one round that does not count, and then those that do.
   *
   * @param rounds how many count
   * @param log hears of each lap
   */
  public RaceResult run(int rounds, Consumer<String> log) throws Exception {
    List<List<Double>> laps = new ArrayList<>();
    sides.forEach(side -> laps.add(new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      for (int i = 0; i < sides.size(); i++) {
        int turn = (round + i) % sides.size();
        double measured = sides.get(turn).lap().run();
        log.accept(
            String.format(
                Locale.ROOT,
                "%s, %s, %s: %.3f %s",
                name,
                round == 0 ? "warm-up" : "round " + round,
                sides.get(turn).name(),
                measured,
                unit));
        if (round > 0) {
          laps.get(turn).add(measured);
        }
      }
    }
    List<RaceResult.Laps> results = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      results.add(new RaceResult.Laps(sides.get(i).name(), laps.get(i)));
    }
    return new RaceResult(name, unit, results);
  }
}
