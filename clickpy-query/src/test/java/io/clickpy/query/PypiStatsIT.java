package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.QueryResult;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
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

  static List<String> hostileNames() {
    return List.of(
        "",
        " pandas",
        "pandas ",
        "pandas\u0000",
        "pandas\n",
        "pandas\\",
        "pandas' OR 1=1 --",
        "'; DROP TABLE pypi; --",
        "{project:String}",
        "pan%",
        "_andas",
        "pandas') UNION ALL SELECT now(), 1 --",
        "\\N",
        "\t",
        "NULL",
        "ﬁre",
        "🐼",
        "x".repeat(10_240),
        "'\\\t\n".repeat(2_560));
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void aHostileNameHasNoDownloads(String name) {
    assertThat(PypiStats.downloadsPerDay(name).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.downloadsPerDay(name).lastDays(9).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.topVersions(name).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.totalDownloads(name).fetch(clickpy)).isEmpty();
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
