package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PypiStatsTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 8, 12);
  private static final LocalDate LAST = LocalDate.of(2024, 8, 20);

  @Test
  void theSqlCanBeReadAndItsValuesAreBound() {
    DownloadsPerDay question = PypiStats.downloadsPerDay("Pandas").between(FIRST, LAST);

    assertThat(question.sql())
        .isEqualTo(
            """
            SELECT date, sum(count) AS downloads
            FROM pypi_downloads_per_day
            WHERE project = {project:String}
              AND date BETWEEN {first_day:Date} AND {last_day:Date}
            GROUP BY date
            HAVING downloads > 0
            ORDER BY date""");
    assertThat(question.parameters())
        .isEqualTo(Map.of("project", "pandas", "first_day", FIRST, "last_day", LAST));
  }

  @Test
  void theNewestDaysAreCountedByTheServer() {
    DownloadsPerDay question = PypiStats.downloadsPerDay("pandas").lastDays(10);

    assertThat(question.sql())
        .contains(
            "AND date >= (SELECT toDate32(max(date)) + 1 - {days:UInt16} FROM"
                + " (SELECT date FROM pypi_downloads_overall_per_day"
                + " GROUP BY date HAVING sum(count) > 0))");
    assertThat(question.parameters()).isEqualTo(Map.of("project", "pandas", "days", 10));
  }

  @Test
  void aQuestionIsAValueThatRefinementsLeaveAlone() {
    DownloadsPerDay allTime = PypiStats.downloadsPerDay("pandas");
    String before = allTime.sql();

    DownloadsPerDay refined = allTime.between(FIRST, LAST).lastDays(3);

    assertThat(allTime.sql()).isEqualTo(before).doesNotContain("date >=");
    assertThat(refined.sql()).contains("{days:UInt16}").doesNotContain("{first_day:Date}");
  }

  @Test
  void topVersionsOfAllTimeNeedNoDays() {
    assertThat(PypiStats.topVersions("pandas").top(5).sql())
        .isEqualTo(
            """
            SELECT version, sum(count) AS downloads
            FROM pypi_downloads_by_version
            WHERE project = {project:String}
            GROUP BY version
            HAVING downloads > 0
            ORDER BY downloads DESC, version
            LIMIT {limit:UInt32}""");
    assertThat(PypiStats.topVersions("pandas").lastDays(5).sql())
        .contains("FROM pypi_downloads_per_day_by_version\n");
  }

  @Test
  void daysThatClickHouseCannotHoldAreCut() {
    Map<String, Object> parameters =
        PypiStats.downloadsPerDay("pandas").between(LocalDate.MIN, LocalDate.MAX).parameters();

    assertThat(parameters)
        .containsEntry("first_day", LocalDate.of(1970, 1, 1))
        .containsEntry("last_day", LocalDate.of(2149, 6, 6));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    DownloadsPerDay question = PypiStats.downloadsPerDay("pandas");

    assertThatThrownBy(() -> question.between(LAST, LAST.minusDays(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid date range: 2024-08-20 to 2024-08-12 (the last day is before the first)");
    assertThatThrownBy(() -> question.lastDays(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of days: 0 (must be between 1 and 65535)");
    assertThatThrownBy(() -> PypiStats.topVersions("pandas").top(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of versions: 0 (must be > 0)");
  }
}
