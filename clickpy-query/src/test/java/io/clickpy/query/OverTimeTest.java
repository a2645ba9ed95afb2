package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverTimeTest {
  private static final LocalDate LAST = LocalDate.of(2024, 8, 20);
  private static final DownloadsOverTime ALL_TIME = PypiStats.downloadsOverTime("pandas");

  @ParameterizedTest
  @CsvSource({
    "1, date AS start",
    "184, date AS start",
    "185, toMonday(date) AS start",
    "1096, toMonday(date) AS start",
    "1097, toStartOfMonth(date) AS start",
    "65535, toStartOfMonth(date) AS start"
  })
  void byDefaultTheBucketsFitTheDays(int days, String start) {
    assertThat(ALL_TIME.lastDays(days).sql()).contains("SELECT " + start);
    if (days < 50_000) {
      assertThat(ALL_TIME.between(LAST.minusDays(days - 1), LAST).sql())
          .contains("SELECT " + start);
    }
    assertThat(ALL_TIME.lastDays(days).allTime().sql()).contains("SELECT toStartOfMonth(date)");
  }

  @Test
  void aRangeBeyondWhatClickHouseCanHoldIsCut() {
    assertThat(ALL_TIME.between(LocalDate.MIN, LocalDate.MAX).sql()).contains("toStartOfMonth");
  }

  @Test
  void monthsAreReadFromTheMonthlyRollupWhereThatReadsLess() {
    TableStatistics fewMonths =
        TableStatistics.of(Map.of("pypi_downloads_per_month", 10L, "pypi_downloads", 1L));
    DownloadsOverTime question = PypiStats.downloadsPerMonth("pandas").planFor(fewMonths);

    assertThat(question.sql())
        .contains("SELECT toStartOfMonth(month) AS start", "FROM pypi_downloads_per_month\n");
    assertThat(question.lastDays(90).plan().table().name()).isEqualTo("pypi_downloads_per_day");
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> PypiStats.downloadsByCountry("pandas").top(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of categories: 0 (must be > 0)");
    assertThatThrownBy(() -> PypiStats.downloadsByCountry("pandas").overTime().top(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of categories: -1 (must be > 0)");
    assertThatThrownBy(() -> PypiStats.fileTypesByInstaller("pandas").top(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of installers: 0 (must be > 0)");
    assertThatThrownBy(() -> PypiStats.fileTypesByInstaller("pandas").overTime().top(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of installers: -1 (must be > 0)");
    assertThatThrownBy(() -> ALL_TIME.version(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("version");
  }

  @Test
  void refinementsLeaveAQuestionAlone() {
    DownloadShares shares = PypiStats.downloadsBySystem("pandas");
    String before = shares.sql();

    DownloadSharesOverTime refined =
        shares.version("1").country("DE").top(3).lastDays(9).overTime().fillGaps();

    assertThat(shares.sql()).isEqualTo(before);
    assertThat(refined.parameters())
        .containsEntry("version", "1")
        .containsEntry("country_code", "DE")
        .containsEntry("top", 3)
        .containsEntry("days", 9);
  }
}
