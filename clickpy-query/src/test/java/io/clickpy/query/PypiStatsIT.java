package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.QueryResult;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.rollup.DownloadsPerDayByVersion;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each answer is compared with the same question asked of the raw table in plain SQL. */
class PypiStatsIT {
  private static final LocalDate NEWEST = LocalDate.of(2024, 8, 20);
  private static final List<String> PROJECTS = List.of("pandas", "numpy", "scikit-learn");

  private static ClickPy clickpy;

  @BeforeAll
  static void load() {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    Random random = new Random(20240820);
    // Several inserts, so that the rollups hold rows that are not merged yet.
    for (int i = 0; i < 5; i++) {
      insert(random, 2_000);
    }
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  private static void insert(Random random, int rows) {
    StringBuilder tsv = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      tsv.append(NEWEST.minusDays(skewed(random, 30)))
          .append("\tDE\t")
          .append(PROJECTS.get(skewed(random, PROJECTS.size())))
          .append("\tsdist\tpip\t3.12\tLinux\t1.")
          .append(skewed(random, 20))
          .append('\n');
    }
    Insert.into(
            "pypi (date, country_code, project, type, installer, python_minor, system, version)",
            "TabSeparated",
            out -> out.write(tsv.toString().getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);
  }

  /** Below the bound; the smaller, the likelier. */
  private static int skewed(Random random, int bound) {
    return (int) (random.nextDouble() * random.nextDouble() * bound);
  }

  @Test
  void downloadsPerDayAreThoseOfTheRawTable() {
    LocalDate first = NEWEST.minusDays(8);
    for (String project : PROJECTS) {
      assertThat(PypiStats.downloadsPerDay(project).between(first, NEWEST).fetch(clickpy))
          .isNotEmpty()
          .isEqualTo(
              Query.of(
                      "SELECT date, toInt64(count()) AS n FROM pypi WHERE project = {p:String}"
                          + " AND date >= {f:Date} AND date <= {l:Date} GROUP BY date ORDER BY date",
                      row -> new DailyDownloads(row.date("date"), row.longValue("n")))
                  .bind("p", project)
                  .bind("f", first)
                  .bind("l", NEWEST)
                  .fetch(clickpy));
    }
  }

  @Test
  void bothEndsOfARangeAreIncluded() {
    List<DailyDownloads> days =
        PypiStats.downloadsPerDay("pandas").between(NEWEST.minusDays(1), NEWEST).fetch(clickpy);

    assertThat(days).extracting(DailyDownloads::date).containsExactly(NEWEST.minusDays(1), NEWEST);
  }

  @Test
  void theNewestDaysAreThoseLoadedAndNotThoseOfToday() {
    assertThat(PypiStats.downloadsPerDay("pandas").lastDays(3).fetch(clickpy))
        .isEqualTo(
            PypiStats.downloadsPerDay("pandas").between(NEWEST.minusDays(2), NEWEST).fetch(clickpy))
        .hasSize(3);
    assertThat(PypiStats.downloadsPerDay("pandas").lastDays(65_535).fetch(clickpy))
        .isEqualTo(PypiStats.downloadsPerDay("pandas").fetch(clickpy));
  }

  @Test
  void topVersionsAreThoseOfTheRawTable() {
    String sql =
        "SELECT version, toInt64(count()) AS n FROM pypi WHERE project = {p:String} AND date >= {f:Date}"
            + " GROUP BY version ORDER BY n DESC, version LIMIT 4";
    for (LocalDate first : List.of(LocalDate.EPOCH, NEWEST.minusDays(4))) {
      TopVersions question = PypiStats.topVersions("pandas").top(4);
      assertThat((first.equals(LocalDate.EPOCH) ? question : question.lastDays(5)).fetch(clickpy))
          .hasSize(4)
          .isEqualTo(
              Query.of(sql, row -> new VersionDownloads(row.string("version"), row.longValue("n")))
                  .bind("p", "pandas")
                  .bind("f", first)
                  .fetch(clickpy));
    }
  }

  @Test
  void theTotalIsThatOfTheRawTable() {
    long expected =
        Query.of(
                "SELECT count() AS n FROM pypi WHERE project = 'scikit-learn'",
                row -> row.longValue("n"))
            .fetch(clickpy)
            .get(0);

    assertThat(PypiStats.totalDownloads("Scikit_Learn").fetch(clickpy))
        .contains(new ProjectDownloads("scikit-learn", expected));
    assertThat(PypiStats.totalDownloads("no-such-project").fetch(clickpy)).isEmpty();
  }

  static Stream<String> hostileValues() {
    return GeneratedDownloads.hostileValues();
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileNameHasNoDownloads(String name) {
    assertThat(PypiStats.downloadsPerDay(name).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.downloadsPerDay(name).lastDays(9).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.topVersions(name).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.totalDownloads(name).fetch(clickpy)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileFilterFindsNothing(String value) {
    TotalDownloads pandas = PypiStats.totalDownloads("pandas");

    assertThat(pandas.version(value).fetch(clickpy)).isEmpty();
    assertThat(pandas.country(value + "'").fetch(clickpy)).isEmpty();
    assertThat(pandas.fileType(value).installer(value).fetch(clickpy)).isEmpty();
    assertThat(pandas.python(value).fetch(clickpy)).isEmpty();
    assertThat(pandas.system(value).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.downloadsByVersion("pandas").version(value).fetch(clickpy)).isEmpty();
    assertThat(
            PypiStats.downloadsBySystem("pandas")
                .version(value)
                .overTime()
                .fillGaps()
                .fetch(clickpy))
        .isEmpty();
  }

  @Test
  void moreDaysThanThereHaveBeenAreAllDays() {
    assertThat(PypiStats.downloadsPerDay("pandas").lastDays(65_535).fetch(clickpy))
        .isNotEmpty()
        .isEqualTo(PypiStats.downloadsPerDay("pandas").fetch(clickpy));
  }

  @Test
  void aProjectWithoutDownloadsHasEmptyDaysWhereGapsAreFilled() {
    assertThat(
            PypiStats.downloadsPerDay("no-such-project")
                .between(NEWEST.minusDays(1), NEWEST.plusDays(7))
                .fillGaps()
                .fetch(clickpy))
        .containsExactly(new DailyDownloads(NEWEST.minusDays(1), 0), new DailyDownloads(NEWEST, 0));
    assertThat(
            PypiStats.downloadsPerDay("pandas")
                .between(NEWEST.plusDays(1), NEWEST.plusDays(7))
                .fillGaps()
                .fetch(clickpy))
        .isEmpty();
  }

  @Test
  void aDatabaseWithoutDownloadsHasNoDaysEither() {
    ClickPy empty = TestServer.connect();
    try {
      SchemaMigrator.of(empty).migrate();

      DownloadsPerDay days = PypiStats.downloadsPerDay("pandas").fillGaps();
      assertThat(days.fetch(empty)).isEmpty();
      assertThat(days.lastDays(30).fetch(empty)).isEmpty();
      assertThat(days.between(LocalDate.EPOCH, NEWEST).fetch(empty)).isEmpty();
      assertThat(PypiStats.downloadsPerMonth("pandas").fillGaps().fetch(empty)).isEmpty();
      assertThat(PypiStats.downloadsByPython("pandas").overTime().fillGaps().fetch(empty))
          .isEmpty();
      assertThat(PypiStats.firstAndLastDownload("pandas").fetch(empty)).isEmpty();
    } finally {
      TestServer.dropAndClose(empty);
    }
  }

  @Test
  void anExplanationTellsTableReasonSqlAndRows() {
    TopVersions question = PypiStats.topVersions("pandas").lastDays(7).top(3);

    Explanation explanation = question.explain(clickpy);

    assertThat(explanation.plan().table().name()).isEqualTo("pypi_downloads_per_day_by_version");
    assertThat(explanation.sql()).isEqualTo(question.sql());
    assertThat(explanation.parameters()).isEqualTo(question.parameters());
    assertThat(explanation.estimatedRows()).isPositive();
    assertThat(explanation.statistics().rowsRead()).isPositive();
    assertThat(explanation.toString())
        .contains(
            "pypi_downloads_per_day_by_version reads about ",
            "it reads least",
            "not pypi_downloads_by_version lacks [date]",
            "LIMIT {limit:UInt32}",
            "rows estimated by the server");
  }

  @Test
  void everyQuestionCanBeExplained() {
    List<StatsQuery<?>> questions =
        List.of(
            PypiStats.totalDownloads("pandas"),
            PypiStats.firstAndLastDownload("pandas"),
            PypiStats.downloadsPerDay("pandas").fillGaps(),
            PypiStats.downloadsOverTime("pandas").fillGaps(),
            PypiStats.downloadsByCountry("pandas"),
            PypiStats.downloadsByPython("pandas").overTime().fillGaps(),
            PypiStats.fileTypesByInstaller("pandas"),
            DownloadsPerDayByVersion.query());
    for (StatsQuery<?> question : questions) {
      assertThat(question.explain(clickpy).statistics().rowsRead()).isPositive();
    }
  }

  @Test
  void theServerKnowsHowLargeItsTablesAre() {
    TableStatistics statistics = TableStatistics.of(clickpy);
    long rows =
        Query.of("SELECT count() AS n FROM pypi_downloads_per_day", row -> row.longValue("n"))
            .fetch(clickpy)
            .get(0);

    assertThat(statistics.rows(PypiSchema.ofDefaults().rollup("pypi_downloads_per_day")))
        .isEqualTo((double) rows);
    assertThat(PypiStats.topVersions("pandas").planFor(statistics).fetch(clickpy))
        .isEqualTo(PypiStats.topVersions("pandas").fetch(clickpy));
  }

  @Test
  void aRawScanKeepsToItsBudget() {
    DownloadShares question = PypiStats.downloadsByPython("pandas").system("Linux");
    QueryLimits limits = QueryLimits.ofDefaults();

    assertThatThrownBy(() -> question.fetch(clickpy)).isInstanceOf(NoCoveringRollupException.class);
    assertThat(question.allowRawScan(limits.withMaxRowsToRead(1_000_000)).fetch(clickpy).table())
        .contains("pypi");
    assertThatThrownBy(() -> question.allowRawScan(limits.withMaxRowsToRead(10)).fetch(clickpy))
        .isInstanceOfSatisfying(
            ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void everyWayToAskGivesTheSameRows() throws Exception {
    DownloadsPerDay question = PypiStats.downloadsPerDay("numpy");
    QueryResult<DailyDownloads> fetched = question.fetch(clickpy);

    assertThat(question.fetchAsync(clickpy).get()).isEqualTo(fetched);
    try (Stream<DailyDownloads> rows = question.stream(clickpy)) {
      assertThat(rows).isEqualTo(fetched);
    }
    assertThat(fetched.table()).contains("pypi_downloads_per_day");
    assertThat(fetched.statistics().rowsRead()).isPositive();
  }
}
