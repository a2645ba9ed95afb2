package io.clickpy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.embedded.EmbeddedClickHouse;
import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.ingest.DayRepair;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.query.AnswerQuery;
import io.clickpy.query.PypiStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the questions answer after a day was replaced: as if it had been loaded right. */
class RepairedDayIT {
  private static final LocalDate FIRST = LocalDate.of(2024, 8, 12);
  private static final LocalDate LAST = FIRST.plusDays(4);
  private static final int DOWNLOADS = 2_000;

  private static EmbeddedClickHouse server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = EmbeddedClickHouse.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersAreThoseOfADatabaseThatWasLoadedRight() throws IOException {
    // The wrong day has projects, versions and countries that the right one has not.
    Path before = write("before", SampleDownloads.of(1).days(FIRST, 4).projects(20));
    Path wrong = write("wrong", SampleDownloads.of(2).days(LAST, 1).projects(60));
    Path right = write("right", SampleDownloads.of(3).days(LAST, 1).projects(15).downloads(300));
    try (ClickPy repaired = migrated("repaired");
        ClickPy expected = migrated("expected");
        ClickPy emptied = migrated("emptied");
        ClickPy without = migrated("without")) {
      load(repaired, before, wrong);
      List<String> projects = projects(repaired);
      DayRepair.of(repaired).replace(LAST, ParquetSource.local(right));
      load(expected, before, right);
      assertSameAnswers(repaired, expected, projects);

      load(emptied, before, wrong);
      DayRepair.of(emptied).allowEmpty().replace(LAST, () -> List.of());
      load(without, before);
      assertSameAnswers(emptied, without, projects);
    }
  }

  private Path write(String name, SampleDownloads sample) throws IOException {
    Path path = folder.resolve(name);
    (sample.downloads() == 1_000_000 ? sample.downloads(DOWNLOADS) : sample).writeTo(path);
    return path;
  }

  private static ClickPy migrated(String database) {
    ClickPy clickpy =
        ClickPy.connect(ClickPyConfig.builder(server.endpoint()).database(database).build());
    SchemaMigrator.of(clickpy).migrate();
    return clickpy;
  }

  private static void load(ClickPy clickpy, Path... folders) {
    ParquetLoader loader = ParquetLoader.into(clickpy);
    for (Path each : folders) {
      loader = loader.from(ParquetSource.local(each));
    }
    loader.load().throwIfFailed();
  }

  private static List<String> projects(ClickPy clickpy) {
    return Query.of(
            "SELECT project FROM pypi_downloads GROUP BY project ORDER BY cityHash64(project)"
                + " LIMIT 12",
            row -> row.string("project"))
        .fetch(clickpy)
        .stream()
        .toList();
  }

  private static void assertSameAnswers(ClickPy one, ClickPy other, List<String> projects) {
    Stream.concat(ofAll(), projects.stream().flatMap(RepairedDayIT::of))
        .forEach(
            question ->
                assertThat((Object) question.fetch(one))
                    .as("%s", question.toQuery().sql())
                    .isEqualTo(question.fetch(other)));
  }

  private static Stream<AnswerQuery<?, ?>> ofAll() {
    return Stream.of(
        PypiStats.allDownloads(),
        PypiStats.allDownloads().lastDays(2),
        PypiStats.topProjects().top(100),
        PypiStats.topProjects().lastDays(1).top(100),
        PypiStats.medalThresholds(),
        PypiStats.emergingProjects().top(100),
        PypiStats.search("p"));
  }

  private static Stream<AnswerQuery<?, ?>> of(String project) {
    return Stream.of(
        PypiStats.totalDownloads(project),
        PypiStats.firstAndLastDownload(project),
        PypiStats.firstAndLastDownload(project).country("US"),
        PypiStats.downloadsPerDay(project),
        PypiStats.downloadsPerDay(project).lastDays(2),
        PypiStats.downloadsPerMonth(project),
        PypiStats.topVersions(project).top(100),
        PypiStats.topVersions(project).lastDays(1).top(100),
        PypiStats.downloadsByCountry(project).top(100),
        PypiStats.downloadsBySystem(project).overTime(),
        PypiStats.fileTypesByInstaller(project),
        PypiStats.summary(project),
        PypiStats.rank(project));
  }
}
