package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.race.Report;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs races: {@code mvn -q -Prace -pl benchmarks -am -Drace=load -Drows=10000000}. Prints tables
 * of ratios, and writes them as Markdown, JSON and SVG.
 */
public final class Races {
  /** Every race, by the name that it is asked for. */
  static final Map<String, RaceProgram> PROGRAMS = programs();

  private static final int QUESTIONS_A_LAP = 200;

  private Races() {}

  private static Map<String, RaceProgram> programs() {
    Map<String, RaceProgram> programs = new LinkedHashMap<>();
    programs.put("load", new LoadRace());
    programs.put("writes", new WriteRace());
    programs.put("queries", new QueryRace());
    programs.put("rollups", new RollupRace());
    programs.put("growth", new GrowthRace());
    programs.put("start", new StartRace());
    return programs;
  }

  /**
   * Runs one race, or all.
   *
   * @param args the race's name or {@code all}, the number of rows, the number of rounds, and where
   *     the results go
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          "Invalid arguments: %d (must be 4: race, rows, rounds, directory of the results)."
              .formatted(args.length));
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path results = Path.of(args[3]).toAbsolutePath();
    RaceSettings settings =
        new RaceSettings(
            Long.parseLong(args[1]),
            Integer.parseInt(args[2]),
            QUESTIONS_A_LAP,
            results.resolve("input"),
            line -> out.println("  " + line));
    for (Map.Entry<String, RaceProgram> program : chosen(args[0]).entrySet()) {
      out.println("Race: " + program.getKey());
      Report report = program.getValue().run(settings);
      report.writeTo(results);
      out.println(report.markdown());
    }
    out.println("Written to " + results);
  }

  private static Map<String, RaceProgram> chosen(String name) {
    if (name.equals("all")) {
      return PROGRAMS;
    }
    RaceProgram program = PROGRAMS.get(name);
    if (program == null) {
      throw new IllegalArgumentException(
          "Invalid race: '%s' (must be all, or one of %s)."
              .formatted(name, String.join(", ", PROGRAMS.keySet())));
    }
    return Map.of(name, program);
  }
}
