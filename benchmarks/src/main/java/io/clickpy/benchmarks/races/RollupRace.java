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
import java.util.function.ToLongFunction;

/**
 * What does a project's page cost over the rollups, over the raw table, and over ClickPy's tables
 * with ClickPy's choice among them? Each widget alone, and all of them at once.
 */
final class RollupRace implements RaceProgram {
  private static final int PROJECTS = 1_000;
  private static final int DAYS = 180;
  private static final LocalDate LAST_DAY = ServerSideSample.FIRST_DAY.plusDays(DAYS - 1L);
  private static final String PREFIX = "pypi_downloads_";

  @Override
  public Report run(RaceSettings settings) throws Exception {
    try (Arena arena = new Arena();
        ClickPy ours = arena.newDatabase("ours");
        ClickPy theirs = arena.newDatabase("theirs")) {
      new ServerSideSample(settings.rows(), PROJECTS, DAYS).fill(ours);
      settings.log().accept("filled");
      copy(ours, theirs);
      settings.log().accept("copied into ClickPy's tables");
      List<Row> widgets = widgets(ours, theirs);
      List<Figures> figures = new ArrayList<>();
      figures.add(fewerBytes(widgets));
      figures.add(counted("Rows read", widgets, QueryStatistics::rowsRead));
      figures.add(counted("Bytes read", widgets, QueryStatistics::bytesRead));
      figures.add(times(widgets, settings));
      figures.add(sizes(ours, theirs));
      return new Report(
          "rollups",
          "Widgets of a project's page, over %,d downloads of %,d projects in %d days"
              .formatted(settings.rows(), PROJECTS, DAYS),
          arena.environment(),
          List.of(page(widgets, settings)),
          figures);
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
      merge(theirs, table);
    }
    merge(ours, ClickPySchema.RAW);
    PypiSchema.ofDefaults().rollups().forEach(rollup -> merge(ours, rollup.name()));
  }

  private static void merge(ClickPy clickpy, String table) {
    Command.of("OPTIMIZE TABLE " + table + " FINAL").execute(clickpy);
  }

  /** A question and whom it is asked of. */
  private record Asked(Query<?> question, ClickPy clickpy) {
    QueryStatistics cost() {
      return question.fetch(clickpy).statistics();
    }

    Side side(String name, int times) {
      return new Side(name, Lap.medianMillis(times, this::ask));
    }

    @CanIgnoreReturnValue
    private QueryStatistics ask() {
      return cost();
    }
  }

  /** A widget with a filter, as each of the sides asks it. */
  private record Row(String name, Widget.Filter filter, Asked ours, Asked theirs, Asked raw) {
    String filterName() {
      return filter.name().toLowerCase(Locale.ROOT);
    }

    String table() {
      return ours.question().table().orElse("").replace(PREFIX, "…");
    }
  }

  private static List<Row> widgets(ClickPy ours, ClickPy theirs) {
    String project = ServerSideSample.PROJECT;
    List<Row> all = new ArrayList<>();
    for (Widget widget : Widget.ALL) {
      for (Widget.Filter filter : Widget.Filter.values()) {
        Query<?> question = widget.ours(project, filter, LAST_DAY).toQuery();
        all.add(
            new Row(
                widget.name(),
                filter,
                new Asked(question, ours),
                new Asked(
                    widget.theirs(widget.theirTable(filter), project, filter, LAST_DAY), theirs),
                new Asked(widget.theirs(ClickPySchema.RAW, project, filter, LAST_DAY), theirs)));
      }
    }
    return all;
  }

  private static RaceResult page(List<Row> widgets, RaceSettings settings) throws Exception {
    List<Row> page =
        widgets.stream().filter(widget -> widget.filter() == Widget.Filter.NONE).toList();
    return Race.of(
            "a page: %d widgets at once".formatted(page.size()),
            "ms",
            page("clickpy", page.stream().map(Row::ours).toList(), settings),
            page("ClickPy's tables", page.stream().map(Row::theirs).toList(), settings))
        .run(settings.rounds(), settings.log());
  }

  private static Side page(String name, List<Asked> page, RaceSettings settings) {
    return new Side(
        name,
        Lap.medianMillis(
            settings.pages(),
            () ->
                CompletableFuture.allOf(
                        page.stream()
                            .map(asked -> asked.question().fetchAsync(asked.clickpy()))
                            .toArray(CompletableFuture<?>[]::new))
                    .join()));
  }

  /** Asks all that a project's page asks, at once, and waits for the last answer. */
  static void page(ClickPy clickpy) {
    CompletableFuture.allOf(
            Widget.ALL.stream()
                .map(
                    widget ->
                        widget
                            .ours(ServerSideSample.PROJECT, Widget.Filter.NONE, LAST_DAY)
                            .toQuery()
                            .fetchAsync(clickpy))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static Figures fewerBytes(List<Row> widgets) {
    Spread spread =
        Spread.of(
            widgets.stream()
                .mapToDouble(
                    widget ->
                        (double) widget.theirs().cost().bytesRead()
                            / widget.ours().cost().bytesRead())
                .toArray());
    return Figures.of("Bytes that ClickPy reads, × ours, over all widgets", "min", "median", "max")
        .row(number(spread.min()), number(spread.median()), number(spread.max()));
  }

  private static Figures counted(
      String title, List<Row> widgets, ToLongFunction<QueryStatistics> count) {
    Figures figures =
        Figures.of(title, "widget", "filter", "clickpy", "ClickPy", "raw table", "our table");
    for (Row widget : widgets) {
      figures =
          figures.row(
              widget.name(),
              widget.filterName(),
              count.applyAsLong(widget.ours().cost()),
              count.applyAsLong(widget.theirs().cost()),
              count.applyAsLong(widget.raw().cost()),
              widget.table());
    }
    return figures;
  }

  private static Figures times(List<Row> widgets, RaceSettings settings) throws Exception {
    Figures figures =
        Figures.of("Median ms", "widget", "filter", "clickpy", "ClickPy", "raw table");
    for (Row widget : widgets) {
      RaceResult race =
          Race.of(
                  widget.name(),
                  "ms",
                  widget.ours().side("clickpy", settings.pages()),
                  widget.theirs().side("ClickPy", settings.pages()),
                  widget.raw().side("raw table", settings.pages()))
              .run(settings.rounds(), line -> {});
      List<String> cells = new ArrayList<>(List.of(widget.name(), widget.filterName()));
      race.sides().forEach(side -> cells.add(number(side.spread().median())));
      figures = figures.row(cells.toArray());
    }
    return figures;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static Figures sizes(ClickPy ours, ClickPy theirs) {
    Figures figures = Figures.of("Size", "table", "rows", "bytes", "ClickPy's bytes");
    List<String> all = new ArrayList<>(List.of(ClickPySchema.RAW));
    PypiSchema.ofDefaults().rollups().forEach(rollup -> all.add(rollup.name()));
    for (String table : all) {
      figures =
          figures.row(
              table.replace(PREFIX, "…"),
              Arena.size(ours, table, "rows"),
              Arena.size(ours, table, "bytes_on_disk"),
              ClickPySchema.tables().contains(table)
                  ? Arena.size(theirs, table, "bytes_on_disk")
                  : "");
    }
    return figures;
  }
}
