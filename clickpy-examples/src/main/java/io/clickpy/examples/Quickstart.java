package io.clickpy.examples;

import io.clickpy.core.ClickPy;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.embedded.EmbeddedClickHouse;
import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.examples.text.ProgressBar;
import io.clickpy.ingest.LoadReport;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.query.ProjectDownloads;
import io.clickpy.query.PypiStats;
import io.clickpy.query.VersionDownloads;
import io.clickpy.query.text.ReadableQuantity;
import io.clickpy.query.text.TextTable;
import io.clickpy.query.text.TextTable.Column;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The main job from end to end: start a ClickHouse, create the tables, load a month of made-up but
 * realistic downloads from Parquet files, and ask how pandas is doing.
 *
 * <p>Run it with {@code mvn -q -Pquickstart}.
 */
public final class Quickstart {
  private static final String PROJECT = "pandas";
  private static final SampleDownloads SAMPLE =
      SampleDownloads.of(2033).days(LocalDate.of(2024, 7, 22), 30).downloads(1_000_000);

  private final SampleDownloads sample;
  private final PrintStream out;

  Quickstart(SampleDownloads sample, PrintStream out) {
    this.sample = sample;
    this.out = out;
  }

  /** Runs the example on an embedded server, or on the one that {@code CLICKPY_URL} names. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (System.getenv("CLICKPY_URL") != null) {
      try (ClickPy clickpy = ClickPy.fromEnvironment()) {
        new Quickstart(SAMPLE, out).run(clickpy);
      }
      return;
    }
    out.println("Starting ClickHouse (the first time, its engine is downloaded: about 180 MB) …");
    try (EmbeddedClickHouse server = EmbeddedClickHouse.start();
        ClickPy clickpy = ClickPy.connect(server.endpoint())) {
      new Quickstart(SAMPLE, out).run(clickpy);
    }
  }

  void run(ClickPy clickpy) throws IOException {
    out.println("ClickHouse " + clickpy.serverVersion() + " at " + clickpy.config().endpoint());
    SchemaMigrator.of(clickpy).migrate();
    Path directory = Files.createTempDirectory("clickpy-quickstart");
    try {
      generate(directory);
      load(clickpy, directory);
    } finally {
      delete(directory);
    }
    show(clickpy);
  }

  private void generate(Path directory) throws IOException {
    out.printf("Writing %,d downloads as Parquet files%n", sample.rows());
    try (ProgressBar bar = ProgressBar.on(out, "rows", sample.rows())) {
      sample.writeTo(directory, bar);
    }
  }

  private void load(ClickPy clickpy, Path directory) {
    out.println("Loading them");
    LoadReport report;
    try (ProgressBar bar = ProgressBar.on(out, "rows", sample.rows())) {
      report =
          ParquetLoader.into(clickpy)
              .from(ParquetSource.local(directory))
              .listener(event -> bar.accept(event.progress().rowsRead()))
              .load()
              .throwIfFailed();
    }
    out.printf(
        "Loaded %,d downloads from %d files in %.1f s: %s rows per second, into the raw table and"
            + " every rollup.%n%n",
        report.rowsLoaded(),
        report.loaded().size(),
        report.elapsed().toMillis() / 1e3,
        ReadableQuantity.format((long) report.rowsPerSecond()));
  }

  private void show(ClickPy clickpy) {
    out.println("Downloads of " + PROJECT + " on the last 10 days:");
    out.println(DailyTable.render(PypiStats.downloadsPerDay(PROJECT).lastDays(10).fetch(clickpy)));
    long total =
        PypiStats.totalDownloads(PROJECT).fetch(clickpy).map(ProjectDownloads::count).orElse(0L);
    out.println("In all: " + total);
    out.println("Top versions:");
    out.println(versions(PypiStats.topVersions(PROJECT).top(5).fetch(clickpy)));
  }

  private static String versions(List<VersionDownloads> versions) {
    TextTable table = TextTable.of(Column.left("version"), Column.right("count"));
    for (VersionDownloads version : versions) {
      table = table.row(version.version(), version.count());
    }
    return table.render();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
