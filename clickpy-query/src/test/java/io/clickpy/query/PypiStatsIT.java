package io.clickpy.query;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.QueryResult;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.GeneratedDatabase.Merges;
import io.clickpy.query.projects.HotProjects;
import io.clickpy.query.projects.RecentReleases;
import io.clickpy.query.rollup.DownloadsPerDayByVersion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the answers have in common, whatever is asked. */
class PypiStatsIT {
  @RegisterExtension static final GeneratedDatabase DATABASE = GeneratedDatabase.of(Merges.PENDING);

  private static ClickPy clickpy() {
    return DATABASE.clickpy();
  }

  @Test
  void bothEndsOfARangeAreIncluded() {
    assertThat(
            PypiStats.downloadsPerDay("pandas")
                .between(NEWEST.minusDays(1), NEWEST)
                .fillGaps()
                .fetch(clickpy()))
        .extracting(DailyDownloads::date)
        .containsExactly(NEWEST.minusDays(1), NEWEST);
    assertThat(PypiStats.downloadsPerDay("pandas").between(NEWEST, NEWEST).fetch(clickpy()))
        .hasSize(1);
  }

  @Test
  void theNewestDaysAreThoseLoadedAndNotThoseOfToday() {
    assertThat(PypiStats.downloadsPerDay("pandas").lastDays(30).fetch(clickpy()))
        .isNotEmpty()
        .isEqualTo(
            PypiStats.downloadsPerDay("pandas")
                .between(NEWEST.minusDays(29), NEWEST)
                .fetch(clickpy()));
  }

  @Test
  void aProjectHasManySpellingsAndAnUnknownOneNoDownloads() {
    assertThat(PypiStats.totalDownloads("Scikit_Learn").fetch(clickpy()))
        .isPresent()
        .isEqualTo(PypiStats.totalDownloads("scikit-learn").fetch(clickpy()));
    assertThat(PypiStats.totalDownloads("no-such-project").fetch(clickpy())).isEmpty();
    assertThat(PypiStats.summary("no-such-project").fetch(clickpy())).isEmpty();
    assertThat(PypiStats.rank("no-such-project").fetch(clickpy())).isEmpty();
    assertThat(PypiStats.versionAdoption("pandas", "no-such-version").fetch(clickpy())).isEmpty();
  }

  @Test
  void theMostDownloadedVersionsComeWithAllOthersIfAsked() {
    TopVersions two = PypiStats.topVersions("pandas").top(2);
    List<DownloadShare> shares = two.withOther().fetch(clickpy());

    assertThat(shares)
        .hasSize(3)
        .first()
        .satisfies(
            first ->
                assertThat(new VersionDownloads(first.category().value(), first.count()))
                    .isEqualTo(two.fetch(clickpy()).get(0)));
    assertThat(shares.get(2).category()).isEqualTo(Category.other());
  }

  @Test
  void moreDaysThanThereHaveBeenAreAllDays() {
    assertThat(PypiStats.downloadsPerDay("pandas").lastDays(65_535).fetch(clickpy()))
        .isNotEmpty()
        .isEqualTo(PypiStats.downloadsPerDay("pandas").fetch(clickpy()));
  }

  @Test
  void moreMonthsThanThereHaveBeenAreAllMonths() {
    HotProjects hot = PypiStats.hotProjects().minimum(10);
    assertThat(hot.months(1_200).fetch(clickpy()))
        .isNotEmpty()
        .isEqualTo(hot.months(100).fetch(clickpy()));
    RecentReleases releases = PypiStats.recentReleasesOfTopProjects(5);
    assertThat(releases.months(1_200).fetch(clickpy()))
        .isNotEmpty()
        .isEqualTo(releases.months(100).fetch(clickpy()));
    assertThat(PypiStats.longUnreleasedProjects().months(1_200).fetch(clickpy())).isEmpty();
  }

  @Test
  void aProjectWithoutDownloadsHasEmptyDaysWhereGapsAreFilled() {
    assertThat(
            PypiStats.downloadsPerDay("no-such-project")
                .between(NEWEST.minusDays(1), NEWEST.plusDays(7))
                .fillGaps()
                .fetch(clickpy()))
        .containsExactly(new DailyDownloads(NEWEST.minusDays(1), 0), new DailyDownloads(NEWEST, 0));
    assertThat(
            PypiStats.downloadsPerDay("pandas")
                .between(NEWEST.plusDays(1), NEWEST.plusDays(7))
                .fillGaps()
                .fetch(clickpy()))
        .isEmpty();
  }

  @Test
  void aDatabaseWithoutDownloadsHasNoDaysEither() {
    ClickPy empty = TestServer.connect();
    try {
      SchemaMigrator.of(empty).migrate();

      for (PlannedQuery<?, ?> question : EntryPoints.all("pandas", "1.0")) {
        assertThat(question.toQuery().fetch(empty)).as(question.sql()).isEmpty();
      }
      DownloadsPerDay days = PypiStats.downloadsPerDay("pandas").fillGaps();
      assertThat(days.lastDays(30).fetch(empty)).isEmpty();
      assertThat(days.between(LocalDate.EPOCH, NEWEST).fetch(empty)).isEmpty();
      assertThat(PypiStats.recentReleasesOfTopProjects(3).fetch(empty)).isEmpty();
    } finally {
      TestServer.dropAndClose(empty);
    }
  }

  @Test
  void anExplanationTellsTableReasonSqlAndRows() {
    TopVersions question = PypiStats.topVersions("pandas").lastDays(7).top(3);

    Explanation explanation = question.explain(clickpy());

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
    List<StatsQuery<?>> questions = new ArrayList<>(EntryPoints.all("pandas", "1.0"));
    questions.add(PypiStats.recentReleases("pandas"));
    questions.add(PypiStats.topVersions("pandas").versions(">=1,<3").excludingMirrors());
    questions.add(DownloadsPerDayByVersion.query());
    for (StatsQuery<?> question : questions) {
      assertThat(question.explain(clickpy()).statistics().rowsRead())
          .as(question.sql())
          .isPositive();
    }
  }

  @Test
  void theServerKnowsHowLargeItsTablesAre() {
    TableStatistics statistics = TableStatistics.of(clickpy());
    long rows =
        Query.of("SELECT count() AS n FROM pypi_downloads_per_day", row -> row.longValue("n"))
            .fetch(clickpy())
            .get(0);

    assertThat(statistics.rows(PypiSchema.ofDefaults().rollup("pypi_downloads_per_day")))
        .isEqualTo((double) rows);
    assertThat(PypiStats.topVersions("pandas").planFor(statistics).fetch(clickpy()))
        .isEqualTo(PypiStats.topVersions("pandas").fetch(clickpy()));
  }

  @Test
  void aRawScanKeepsToItsBudget() {
    DownloadShares question = PypiStats.downloadsByPython("pandas").system("Linux");
    QueryLimits limits = QueryLimits.ofDefaults();

    assertThatThrownBy(() -> question.fetch(clickpy()))
        .isInstanceOf(NoCoveringRollupException.class);
    assertThat(question.allowRawScan(limits.withMaxRowsToRead(1_000_000)).fetch(clickpy()).table())
        .contains("pypi");
    assertThatThrownBy(() -> question.allowRawScan(limits.withMaxRowsToRead(10)).fetch(clickpy()))
        .isInstanceOfSatisfying(
            ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void everyWayToAskGivesTheSameRows() throws Exception {
    DownloadsPerDay question = PypiStats.downloadsPerDay("numpy");
    QueryResult<DailyDownloads> fetched = question.fetch(clickpy());

    assertThat(question.fetchAsync(clickpy()).get()).isEqualTo(fetched);
    try (Stream<DailyDownloads> rows = question.stream(clickpy())) {
      assertThat(rows).isEqualTo(fetched);
    }
    assertThat(fetched.table()).contains("pypi_downloads_per_day");
    assertThat(fetched.statistics().rowsRead()).isPositive();
  }
}
