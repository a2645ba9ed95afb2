package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.peers.ClickLoad;
import io.clickpy.benchmarks.peers.ClickPySchema;
import io.clickpy.benchmarks.peers.ServerSideInsert;
import io.clickpy.benchmarks.race.Figures;
import io.clickpy.benchmarks.race.Lap;
import io.clickpy.benchmarks.race.Race;
import io.clickpy.benchmarks.race.RaceResult;
import io.clickpy.benchmarks.race.Report;
import io.clickpy.benchmarks.race.Side;
import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long does it take to bring Parquet files into the raw table and every rollup, published? Each
 * lap has an empty database of its own; creating it and checking what is in it do not count.
 */
final class LoadRace implements RaceProgram {
  private static final LocalDate MONDAY = LocalDate.of(2024, 8, 12);
  private static final long LARGE_FILE = 3_300_000;
  private static final int SMALL_FILE = 100_000;
  private static final int MOST_SMALL_FILES = 20;
  private static final long MOST_INSERT_THREADS = 8;

  /** Whose sums are checked: a coarse one, and one at the end of a chain. */
  private static final List<String> ROLLUPS =
      List.of("pypi_downloads_per_day_by_version_by_python_by_country", "pypi_downloads");

  @Override
  public Report run(RaceSettings settings) throws Exception {
    try (Arena arena = new Arena()) {
      SampleFiles files = largeFiles(settings);
      RaceResult large = race("large files", files, arena, settings);
      RaceResult small = race("files of 100,000 rows", smallFiles(settings), arena, settings);
      return new Report(
          "load",
          "Bulk load of %,d downloads".formatted(settings.rows()),
          arena.environment(),
          List.of(large, small),
          List.of(loaded(files, arena)));
    }
  }

  /** About 3.3 million rows in each. */
  private static SampleFiles largeFiles(RaceSettings settings) throws Exception {
    int days = (int) Math.max(1, settings.rows() / LARGE_FILE);
    return SampleFiles.of(
        SampleDownloads.of(6)
            .days(MONDAY, days)
            .downloads(settings.rows())
            .rowsPerFile((int) Math.min(Integer.MAX_VALUE, settings.rows())),
        settings);
  }

  private static SampleFiles smallFiles(RaceSettings settings) throws Exception {
    long rows = Math.min(settings.rows(), (long) MOST_SMALL_FILES * SMALL_FILE);
    return SampleFiles.of(
        SampleDownloads.of(6).days(MONDAY, 1).downloads(rows).rowsPerFile(SMALL_FILE), settings);
  }

  private static RaceResult race(String name, SampleFiles input, Arena arena, RaceSettings settings)
      throws Exception {
    int threads = (int) Math.min(Runtime.getRuntime().availableProcessors(), MOST_INSERT_THREADS);
    Map<String, String> insert = Map.of("max_insert_threads", Integer.toString(threads));
    Side ours =
        new Side(
            "clickpy",
            lap(
                arena,
                input,
                clickpy -> SchemaMigrator.of(clickpy).migrate(),
                clickpy -> load(clickpy, input),
                ROLLUPS));
    Side floor =
        new Side(
            "raw table alone (floor)",
            lap(
                arena,
                input,
                clickpy ->
                    Command.of(Ddl.createTable(PypiSchema.ofDefaults().downloads()))
                        .execute(clickpy),
                clickpy -> insertAll(clickpy, input.files(), insert),
                List.of()));
    Side theirs =
        new Side(
            "ClickPy's views",
            lap(
                arena,
                input,
                ClickPySchema::create,
                clickpy -> insertAll(clickpy, input.files(), insert),
                ROLLUPS));
    Side clickLoad = new Side("ClickLoad's scheme", () -> clickLoad(arena, input, threads));
    return new Race(
            "%s: %,d rows in %d files".formatted(name, input.rows(), input.files().size()),
            "s",
            List.of(ours, floor, theirs, clickLoad))
        .run(settings.rounds(), settings.log());
  }

  private static void insertAll(ClickPy clickpy, List<Path> files, Map<String, String> settings) {
    files.forEach(file -> ServerSideInsert.run(clickpy, file, ClickPySchema.RAW, settings));
  }

  private static Lap lap(
      Arena arena,
      SampleFiles input,
      Consumer<ClickPy> prepare,
      Consumer<ClickPy> load,
      List<String> rollups) {
    return () -> {
      ClickPy clickpy = arena.newDatabase("load");
      try {
        prepare.accept(clickpy);
        double seconds = Lap.seconds(() -> load.accept(clickpy)).run();
        check(clickpy, input.rows(), rollups);
        return seconds;
      } finally {
        arena.drop(clickpy);
      }
    };
  }

  private static double clickLoad(Arena arena, SampleFiles input, int threads) throws Exception {
    ClickPy live = arena.newDatabase("live");
    ClickPy staging = arena.newDatabase("staging");
    try {
      ClickPySchema.createTables(live);
      ClickLoad worker = new ClickLoad(live, staging);
      double seconds = Lap.seconds(() -> worker.load(input.files(), threads)).run();
      check(live, input.rows(), ROLLUPS);
      return seconds;
    } finally {
      arena.drop(staging);
      arena.drop(live);
    }
  }

  /** Loads once more, to tell how the tables are filled and how far they shrink the rows. */
  private static Figures loaded(SampleFiles input, Arena arena) {
    ClickPy clickpy = arena.newDatabase("loaded");
    try {
      SchemaMigrator.of(clickpy).migrate();
      load(clickpy, input);
      Figures figures =
          Figures.of(
              "Tables of large files, merged", "table", "rows", "raw rows to a row", "bytes");
      PypiSchema schema = PypiSchema.ofDefaults();
      for (Table table : schema.tables()) {
        if (table == schema.downloads() || schema.rollups().contains(table)) {
          Command.of("OPTIMIZE TABLE " + table.name() + " FINAL").execute(clickpy);
          long rows = Arena.size(clickpy, table.name(), "rows");
          figures =
              figures.row(
                  table.name().replace("pypi_downloads_", "…"),
                  rows,
                  String.format(Locale.ROOT, "%.1f", (double) input.rows() / rows),
                  Arena.size(clickpy, table.name(), "bytes_on_disk"));
        }
      }
      return figures;
    } finally {
      arena.drop(clickpy);
    }
  }

  private static void load(ClickPy clickpy, SampleFiles input) {
    ParquetLoader.into(clickpy).from(ParquetSource.local(input.directory())).load().throwIfFailed();
  }

  private static void check(ClickPy clickpy, long rows, List<String> rollups) {
    require(rows, Arena.number(clickpy, "(SELECT count() FROM pypi)"));
    for (String rollup : rollups) {
      require(rows, Arena.number(clickpy, "(SELECT sum(count) FROM %s)".formatted(rollup)));
    }
  }

  private static void require(long expected, long found) {
    if (found != expected) {
      throw new IllegalStateException(
          "Cannot count the lap: it loaded %,d rows of %,d.".formatted(found, expected));
    }
  }
}
