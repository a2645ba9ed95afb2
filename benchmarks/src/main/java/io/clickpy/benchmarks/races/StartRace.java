package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.race.Figures;
import io.clickpy.benchmarks.race.Lap;
import io.clickpy.benchmarks.race.Race;
import io.clickpy.benchmarks.race.RaceResult;
import io.clickpy.benchmarks.race.Report;
import io.clickpy.benchmarks.race.Side;
import io.clickpy.core.ClickPy;
import io.clickpy.core.migrate.SchemaMigrator;
import java.util.List;

/**
 * What does a program wait for before it has its first answer, what does it cost to migrate a
 * database that is current, and what does a user of core and query pull in?
 */
final class StartRace implements RaceProgram {
  private static final int MIGRATIONS_A_LAP = 5;

  @Override
  public Report run(RaceSettings settings) throws Exception {
    try (Arena arena = new Arena();
        ClickPy clickpy = arena.newDatabase("cold")) {
      SchemaMigrator.of(clickpy).migrate();
      RaceResult cold =
          Race.of(
                  "connect and first answer, in a new JVM",
                  "ms",
                  cold(ColdStart.CLICKPY, arena, clickpy),
                  cold(ColdStart.HTTP, arena, clickpy),
                  cold(ColdStart.JDBC, arena, clickpy),
                  cold(ColdStart.DRIVER, arena, clickpy))
              .run(settings.rounds(), settings.log());
      RaceResult migrate =
          Race.of(
                  "migrate() on a current database",
                  "ms",
                  new Side(
                      "clickpy",
                      Lap.medianMillis(
                          MIGRATIONS_A_LAP, () -> SchemaMigrator.of(clickpy).migrate())))
              .run(settings.rounds(), settings.log());
      return new Report(
          "start", "Cold start", arena.environment(), List.of(cold, migrate), List.of(footprint()));
    }
  }

  private static Side cold(String side, Arena arena, ClickPy clickpy) {
    return new Side(
        side,
        () ->
            Long.parseLong(
                    ChildJvm.run(
                        List.of(),
                        ColdStart.class,
                        side,
                        arena.endpoint().toString(),
                        clickpy.database().value()))
                / 1e6);
  }

  private static Figures footprint() throws Exception {
    Figures figures = Figures.of("What a user pulls in", "artifact", "jars", "MB");
    for (String artifact : List.of("io.clickpy:clickpy-query", "com.clickhouse:clickhouse-jdbc")) {
      Footprint footprint = Footprint.of(artifact);
      figures = figures.row(artifact, footprint.jars(), "%.1f".formatted(footprint.bytes() / 1e6));
    }
    return figures;
  }
}
