package io.clickpy.benchmarks.races;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.clickpy.benchmarks.peers.ClickPySchema;
import io.clickpy.benchmarks.race.Figures;
import io.clickpy.benchmarks.race.Lap;
import io.clickpy.benchmarks.race.Race;
import io.clickpy.benchmarks.race.RaceResult;
import io.clickpy.benchmarks.race.Report;
import io.clickpy.benchmarks.race.Side;
import io.clickpy.benchmarks.race.Spread;
import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.QueryStatistics;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * What does a project's page cost over the rollups, over the raw table, and over ClickPy's tables
 * with ClickPy's choice among them? Each widget alone, and all of them at once.
 */
final class RollupRace implements RaceProgram {
  private static final int PROJECTS = 1_000;
  private static final int DAYS = 180;
  private static final LocalDate LAST_DAY = ServerSideSample.FIRST_DAY.plusDays(DAYS - 1L);

  @Override
  public Report run(RaceSettings settings) throws Exception {
    try (Arena arena = new Arena();
        ClickPy ours = arena.newDatabase("ours");
        ClickPy theirs = arena.newDatabase("theirs")) {
      new ServerSideSample(settings.rows(), PROJECTS, DAYS).fill(ours);
      copy(ours, theirs);
      RaceResult page = page(ours, theirs, settings);
      return new Report(
          "rollups",
          "Widgets of a project's page, over %,d downloads of %,d projects in %d days"
              .formatted(settings.rows(), PROJECTS, DAYS),
          arena.environment(),
          List.of(page),
          widgets(ours, theirs, settings));
    }
  }

  /** Gives ClickPy's tables the same rows, and merges the tables of both. */
  private static void copy(ClickPy ours, ClickPy theirs) {
    ClickPySchema.createTables(theirs);
    for (String table : ClickPySchema.tables()) {
      Table model =
          table.equals(ClickPySchema.RAW)
              ? PypiSchema.ofDefaults().downloads()
              : PypiSchema.ofDefaults().rollup(table);
      String columns = String.join(", ", model.columns().stream().map(c -> c.name()).toList());
      Command.of(
              "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s.%1$s"
                  .formatted(table, columns, ours.database()))
          .execute(theirs);
      Command merge = Command.of("OPTIMIZE TABLE " + table + " FINAL");
      merge.execute(ours);
      merge.execute(theirs);
    }
  }

  private static RaceResult page(ClickPy ours, ClickPy theirs, RaceSettings settings)
      throws Exception {
    List<Query<?>> questions = new ArrayList<>();
    for (Widget widget : Widget.ALL) {
      Widget.Filter all = Widget.Filter.NONE;
      questions.add(widget.theirs(widget.theirTable(all), ServerSideSample.PROJECT, all, LAST_DAY));
    }
    return Race.of(
            "a page: %d widgets at once".formatted(Widget.ALL.size()),
            "ms",
            new Side("clickpy", Lap.medianMillis(settings.pages(), () -> page(ours))),
            new Side(
                "ClickPy's tables",
                Lap.medianMillis(settings.pages(), () -> fetchAll(questions, theirs))))
        .run(settings.rounds(), settings.log());
  }

  /** Asks all that a project's page asks, at once, and waits for the last answer. */
  static void page(ClickPy clickpy) {
    List<Query<?>> questions = new ArrayList<>();
    for (Widget widget : Widget.ALL) {
      questions.add(widget.ours(ServerSideSample.PROJECT, Widget.Filter.NONE, LAST_DAY).toQuery());
    }
    fetchAll(questions, clickpy);
  }

  private static void fetchAll(List<Query<?>> questions, ClickPy clickpy) {
    CompletableFuture.allOf(
            questions.stream()
                .map(question -> question.fetchAsync(clickpy))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static List<Figures> widgets(ClickPy ours, ClickPy theirs, RaceSettings settings)
      throws Exception {
    Figures rows =
        Figures.of("Rows read", "widget", "filter", "clickpy", "ClickPy", "raw table", "table");
    Figures bytes =
        Figures.of(
            "Bytes read", "widget", "filter", "clickpy", "ClickPy", "raw table", "ClickPy ×");
    Figures times = Figures.of("Median ms", "widget", "filter", "clickpy", "ClickPy", "raw table");
    List<Double> fewer = new ArrayList<>();
    for (Widget widget : Widget.ALL) {
      for (Widget.Filter filter : Widget.Filter.values()) {
        String name = filter.name().toLowerCase(Locale.ROOT);
        String project = ServerSideSample.PROJECT;
        Query<?> question = widget.ours(project, filter, LAST_DAY).toQuery();
        Query<?> theirQuestion =
            widget.theirs(widget.theirTable(filter), project, filter, LAST_DAY);
        Query<?> rawQuestion = widget.theirs(ClickPySchema.RAW, project, filter, LAST_DAY);
        QueryStatistics our = cost(question, ours);
        QueryStatistics their = cost(theirQuestion, theirs);
        QueryStatistics raw = cost(rawQuestion, theirs);
        fewer.add((double) their.bytesRead() / our.bytesRead());
        rows =
            rows.row(
                widget.name(),
                name,
                our.rowsRead(),
                their.rowsRead(),
                raw.rowsRead(),
                question.table().orElse("").replace("pypi_downloads_", "…"));
        bytes =
            bytes.row(
                widget.name(),
                name,
                our.bytesRead(),
                their.bytesRead(),
                raw.bytesRead(),
                "%.2f".formatted(fewer.get(fewer.size() - 1)));
        RaceResult race =
            Race.of(
                    widget.name() + " " + name,
                    "ms",
                    side("clickpy", question, ours, settings),
                    side("ClickPy", theirQuestion, theirs, settings),
                    side("raw table", rawQuestion, theirs, settings))
                .run(settings.rounds(), line -> {});
        settings.log().accept(widget.name() + ", " + name);
        times =
            times.row(
                widget.name(),
                name,
                median(race, "clickpy"),
                median(race, "ClickPy"),
                median(race, "raw table"));
      }
    }
    Spread spread = Spread.of(fewer.stream().mapToDouble(Double::doubleValue).toArray());
    Figures sum =
        Figures.of("Bytes that ClickPy reads, × ours, over all widgets", "min", "median", "max")
            .row(
                "%.2f".formatted(spread.min()),
                "%.2f".formatted(spread.median()),
                "%.2f".formatted(spread.max()));
    return List.of(sum, rows, bytes, times, sizes(ours, theirs));
  }

  private static Side side(String name, Query<?> question, ClickPy clickpy, RaceSettings settings) {
    return new Side(name, Lap.medianMillis(settings.pages(), () -> cost(question, clickpy)));
  }

  private static String median(RaceResult race, String side) {
    return "%.2f".formatted(race.side(side).spread().median());
  }

  @CanIgnoreReturnValue
  private static QueryStatistics cost(Query<?> question, ClickPy clickpy) {
    return question.fetch(clickpy).statistics();
  }

  private static Figures sizes(ClickPy ours, ClickPy theirs) {
    Figures figures = Figures.of("Size", "table", "rows", "bytes", "ClickPy's bytes");
    for (String table : ClickPySchema.tables()) {
      figures =
          figures.row(
              table.replace("pypi_downloads_", "…"),
              size(ours, table, "rows"),
              size(ours, table, "bytes_on_disk"),
              size(theirs, table, "bytes_on_disk"));
    }
    return figures;
  }

  private static long size(ClickPy clickpy, String table, String what) {
    return Arena.number(
        clickpy,
        "(SELECT sum(%s) FROM system.parts WHERE active AND database = '%s' AND table = '%s')"
            .formatted(what, clickpy.database(), table));
  }
}
