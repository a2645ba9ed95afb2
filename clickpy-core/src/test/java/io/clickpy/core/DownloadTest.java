package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadTest {
  private static final LocalDate DAY = LocalDate.of(2024, 8, 12);

  @Test
  void whatIsNotSaidIsUnknown() {
    assertThat(Download.of(DAY, "Scikit_Learn", "1.5.0"))
        .isEqualTo(new Download(DAY, ProjectName.of("scikit-learn"), "1.5.0", "", "", "", "", ""));
  }

  @Test
  void everyPartCanBeSaid() {
    assertThat(
            Download.of(DAY, "pandas", "2.2.2")
                .withCountry("DE")
                .withFileType("sdist")
                .withInstaller("uv")
                .withPython("3.12")
                .withSystem("Darwin"))
        .isEqualTo(
            new Download(
                DAY, ProjectName.of("pandas"), "2.2.2", "sdist", "uv", "3.12", "Darwin", "DE"));
  }

  @ParameterizedTest
  @CsvSource({"3.12.4,3.12", "3.12,3.12", "3,3", "'',''", "3.14.0rc1,3.14", "3.9.,3.9", "..,."})
  void ofPythonsVersionTheFirstTwoPartsAreKept(String python, String kept) {
    assertThat(Download.of(DAY, "pandas", "2.2.2").withPython(python).python()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"1970-01-01", "2149-06-06"})
  void theFirstAndTheLastDayOfClickHouseAreAccepted(LocalDate date) {
    assertThat(Download.of(date, "pandas", "1").date()).isEqualTo(date);
  }

  @ParameterizedTest
  @CsvSource({"1969-12-31", "2149-06-07"})
  void aDayThatClickHouseDoesNotHaveIsRejected(LocalDate date) {
    assertThatThrownBy(() -> Download.of(date, "pandas", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid date: " + date + " (must be from 1970-01-01 to 2149-06-06)");
  }

  @Test
  void anEmptyProjectIsRejected() {
    assertThatThrownBy(() -> Download.of(DAY, "", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid project: (empty)");
  }
}
