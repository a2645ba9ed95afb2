package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.race.Figures;
import io.clickpy.benchmarks.race.Lap;
import io.clickpy.benchmarks.race.Race;
import io.clickpy.benchmarks.race.RaceResult;
import io.clickpy.benchmarks.race.Report;
import io.clickpy.benchmarks.race.Side;
import io.clickpy.core.ClickPy;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.query.PypiStats;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What grows with the data? A point query and a page over a hundredth, a tenth and all of the rows,
 * and over 1,000 to 100,000 projects; the seconds that a million rows take to load; the heap in
 * which a load runs.
 */
final class GrowthRace implements RaceProgram {
  private static final int PROJECTS = 1_000;
  private static final int DAYS = 180;
  private static final long MOST_LOADED = 12_000_000;
  private static final List<Long> PARTS = List.of(100L, 10L, 1L);
  private static final List<String> HEAPS = List.of("64m");

  @Override
  public Report run(RaceSettings settings) throws Exception {
    List<RaceResult> results = new ArrayList<>();
    try (Arena arena = new Arena()) {
      Map<String, ServerSideSample> byRows = new LinkedHashMap<>();
      PARTS.forEach(
          part -> {
            long rows = settings.rows() / part;
            byRows.put("%,d rows".formatted(rows), new ServerSideSample(rows, PROJECTS, DAYS));
          });
      results.addAll(questions("rows", byRows, arena, settings));
      Map<String, ServerSideSample> byProjects = new LinkedHashMap<>();
      for (int projects : List.of(1_000, 10_000, 100_000)) {
        byProjects.put(
            "%,d projects".formatted(projects),
            new ServerSideSample(settings.rows() / 10, projects, DAYS));
      }
      results.addAll(questions("projects", byProjects, arena, settings));
      Map<String, SampleFiles> inputs = inputs(settings);
      results.add(load(inputs, arena, settings));
      Figures heap = heap(inputs, arena);
      return new Report(
          "growth",
          "Growth up to %,d downloads".formatted(settings.rows()),
          arena.environment(),
          results,
          List.of(heap));
    }
  }

  private static List<RaceResult> questions(
      String what, Map<String, ServerSideSample> samples, Arena arena, RaceSettings settings)
      throws Exception {
    List<ClickPy> databases = new ArrayList<>();
    List<Side> points = new ArrayList<>();
    List<Side> pages = new ArrayList<>();
    for (Map.Entry<String, ServerSideSample> sample : samples.entrySet()) {
      ClickPy clickpy = arena.newDatabase("growth");
      databases.add(clickpy);
      sample.getValue().fill(clickpy);
      settings.log().accept("filled " + sample.getKey());
      points.add(
          new Side(sample.getKey(), Lap.medianMillis(settings.questions(), () -> point(clickpy))));
      pages.add(
          new Side(
              sample.getKey(), Lap.medianMillis(settings.pages(), () -> RollupRace.page(clickpy))));
    }
    List<RaceResult> results =
        List.of(
            new Race("a point query, by " + what, "ms", points)
                .run(settings.rounds(), settings.log()),
            new Race("a page, by " + what, "ms", pages).run(settings.rounds(), settings.log()));
    databases.forEach(arena::drop);
    return results;
  }

  private static void point(ClickPy clickpy) {
    int days = PypiStats.downloadsPerDay(ServerSideSample.PROJECT).fetch(clickpy).size();
    if (days == 0) {
      throw new IllegalStateException("There are no downloads of " + ServerSideSample.PROJECT);
    }
  }

  private static Map<String, SampleFiles> inputs(RaceSettings settings) throws Exception {
    Map<String, SampleFiles> inputs = new LinkedHashMap<>();
    long most = Math.min(settings.rows(), MOST_LOADED);
    for (long files : List.of(1L, 2L, 4L)) {
      long rows = most / 4 * files;
      inputs.put(
          "%,d rows in %d files".formatted(rows, files),
          SampleFiles.of(
              SampleDownloads.of(5)
                  .days(LocalDate.of(2024, 8, 12), 1)
                  .downloads(rows)
                  .rowsPerFile((int) (most / 4)),
              settings));
    }
    return inputs;
  }

  private static RaceResult load(
      Map<String, SampleFiles> inputs, Arena arena, RaceSettings settings) throws Exception {
    List<Side> sides = new ArrayList<>();
    inputs.forEach((name, input) -> sides.add(new Side(name, () -> secondsAMillion(input, arena))));
    return new Race("load, seconds for a million rows", "s", sides)
        .run(settings.rounds(), settings.log());
  }

  private static double secondsAMillion(SampleFiles input, Arena arena) throws Exception {
    ClickPy clickpy = arena.newDatabase("load");
    try {
      SchemaMigrator.of(clickpy).migrate();
      double seconds =
          Lap.seconds(
                  () ->
                      ParquetLoader.into(clickpy)
                          .from(ParquetSource.local(input.directory()))
                          .load()
                          .throwIfFailed())
              .run();
      return seconds / input.rows() * 1e6;
    } finally {
      arena.drop(clickpy);
    }
  }

  private static Figures heap(Map<String, SampleFiles> inputs, Arena arena) throws Exception {
    Figures figures = Figures.of("Loading in a small heap", "input", "heap", "outcome");
    for (Map.Entry<String, SampleFiles> input : inputs.entrySet()) {
      for (String heap : HEAPS) {
        ClickPy clickpy = arena.newDatabase("heap");
        try {
          SchemaMigrator.of(clickpy).migrate();
          ChildJvm.run(
              List.of("-Xmx" + heap),
              LoadInSmallHeap.class,
              arena.endpoint().toString(),
              clickpy.database().value(),
              input.getValue().directory().toString());
          figures = figures.row(input.getKey(), heap, "complete");
        } finally {
          arena.drop(clickpy);
        }
      }
    }
    return figures;
  }
}
