package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.peers.DriverRecords;
import io.clickpy.benchmarks.peers.Jdbc;
import io.clickpy.benchmarks.race.Lap;
import io.clickpy.benchmarks.race.Race;
import io.clickpy.benchmarks.race.RaceResult;
import io.clickpy.benchmarks.race.Report;
import io.clickpy.benchmarks.race.Side;
import io.clickpy.core.ClickPy;
import io.clickpy.core.Download;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.DeduplicationWindow;
import io.clickpy.ingest.DownloadWriter;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long does a pipeline take to bring downloads that it has as objects into the raw table and,
 * by its views, into every rollup? A tenth of the rows asked for. All sides send as many rows at a
 * time; ours alone repeats a batch safely.
 */
final class WriteRace implements RaceProgram {
  private static final int PROJECTS = 1_000;
  private static final int DAYS = 7;
  private static final int WINDOW = 10_000;
  private static final List<Integer> BATCHES = List.of(200_000, 20_000);

  @Override
  public Report run(RaceSettings settings) throws Exception {
    try (Arena arena = new Arena()) {
      List<Download> downloads = downloads(arena, settings.rows() / 10);
      settings.log().accept("made up %,d downloads".formatted(downloads.size()));
      return new Report(
          "writes",
          "Writing %,d downloads one by one".formatted(downloads.size()),
          arena.environment(),
          List.of(
              race(downloads, BATCHES.get(0), arena, settings),
              race(downloads, BATCHES.get(1), arena, settings)),
          List.of());
    }
  }

  private static RaceResult race(
      List<Download> downloads, int batchRows, Arena arena, RaceSettings settings)
      throws Exception {
    return Race.of(
            "%,d rows, %,d at a time".formatted(downloads.size(), batchRows),
            "s",
            side("clickpy", arena, downloads, clickpy -> write(clickpy, downloads, batchRows)),
            side(
                "client-v2 objects",
                arena,
                downloads,
                clickpy -> {
                  try (DriverRecords driver =
                      new DriverRecords(arena.endpoint(), clickpy.database().value())) {
                    driver.insert(downloads, batchRows);
                  }
                }),
            side(
                "clickhouse-jdbc batches",
                arena,
                downloads,
                clickpy -> {
                  try (Jdbc jdbc = new Jdbc(arena.endpoint(), clickpy.database().value())) {
                    jdbc.insert(downloads, batchRows);
                  }
                }))
        .run(settings.rounds(), settings.log());
  }

  private static void write(ClickPy clickpy, List<Download> downloads, int batchRows) {
    try (DownloadWriter writer = DownloadWriter.into(clickpy).batchRows(batchRows).open()) {
      downloads.forEach(writer::write);
    }
  }

  private static Side side(String name, Arena arena, List<Download> downloads, Writing writing) {
    return new Side(
        name,
        () -> {
          ClickPy clickpy = arena.newDatabase("writes");
          try {
            SchemaMigrator.of(clickpy).migrate();
            DeduplicationWindow.of(clickpy).set(WINDOW);
            double seconds = Lap.seconds(() -> writing.into(clickpy)).run();
            requireAll(clickpy, downloads.size());
            return seconds;
          } finally {
            arena.drop(clickpy);
          }
        });
  }

  /** Writes all downloads. */
  @FunctionalInterface
  private interface Writing {
    void into(ClickPy clickpy) throws Exception;
  }

  private static void requireAll(ClickPy clickpy, long rows) {
    long raw = Arena.number(clickpy, "(SELECT count() FROM pypi)");
    long rollup = Arena.number(clickpy, "(SELECT sum(count) FROM pypi_downloads)");
    if (raw != rows || rollup != rows) {
      throw new IllegalStateException(
          "Cannot count the lap: of %,d rows, %,d are in the raw table and %,d in a rollup."
              .formatted(rows, raw, rollup));
    }
  }

  private static List<Download> downloads(Arena arena, long rows) {
    ClickPy clickpy = arena.newDatabase("source");
    try {
      new ServerSideSample(rows, PROJECTS, DAYS).fill(clickpy);
      Query<Download> all =
          Query.of(
              "SELECT * FROM %s ORDER BY cityHash64(*)"
                  .formatted(PypiSchema.ofDefaults().downloads().name()),
              row ->
                  new Download(
                      row.date("date"),
                      ProjectName.of(row.string("project")),
                      row.string("version"),
                      row.string("type"),
                      row.string("installer"),
                      row.string("python_minor"),
                      row.string("system"),
                      row.string("country_code")));
      try (Stream<Download> stream = all.stream(clickpy)) {
        return stream.toList();
      }
    } finally {
      arena.drop(clickpy);
    }
  }
}
