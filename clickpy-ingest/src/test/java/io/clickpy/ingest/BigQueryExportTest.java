package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.DateRange;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BigQueryExportTest {
  private static final BigQueryExport EXPORT = BigQueryExport.to("gs://my-bucket/downloads/a");

  @Test
  void everythingIsExportedWithTheColumnsThatAreLoaded() {
    assertThat(EXPORT.sql())
        .isEqualTo(
            """
            EXPORT DATA OPTIONS (
              uri = 'gs://my-bucket/downloads/a/*.parquet',
              format = 'PARQUET',
              compression = 'ZSTD',
              overwrite = false
            ) AS
            SELECT
              timestamp,
              country_code,
              project,
              STRUCT(file.version AS version, file.type AS type) AS file,
              STRUCT(
                STRUCT(details.installer.name AS name) AS installer,
                details.python AS python,
                STRUCT(details.system.name AS name) AS system
              ) AS details
            FROM `bigquery-public-data.pypi.file_downloads`
            WHERE timestamp >= TIMESTAMP '1970-01-01 00:00:00+00:00'\
            """);
  }

  @Test
  void daysAreUtcAndBothIncluded() {
    assertThat(
            EXPORT
                .between(DateRange.of(LocalDate.of(2024, 2, 28), LocalDate.of(2024, 2, 29)))
                .countSql())
        .isEqualTo(
            """
            SELECT COUNT(*) AS n
            FROM `bigquery-public-data.pypi.file_downloads`
            WHERE timestamp >= TIMESTAMP '2024-02-28 00:00:00+00:00'
              AND timestamp < TIMESTAMP '2024-03-01 00:00:00+00:00'\
            """);
  }

  @Test
  void hoursEndBeforeTheirLimit() {
    assertThat(
            EXPORT
                .from(Instant.parse("2024-08-12T10:00:00Z"))
                .until(Instant.parse("2024-08-12T23:00:00Z"))
                .sql())
        .endsWith(
            """
            WHERE timestamp >= TIMESTAMP '2024-08-12 10:00:00+00:00'
              AND timestamp < TIMESTAMP '2024-08-12 23:00:00+00:00'\
            """);
  }

  @Test
  void tableCodecAndFolderCanBeOthers() {
    BigQueryExport other =
        EXPORT
            .table("my-project.copies.file_downloads")
            .codec(BigQueryExport.Codec.SNAPPY)
            .into("gs://other");

    assertThat(other.sql())
        .contains("uri = 'gs://other/*.parquet'")
        .contains("compression = 'SNAPPY'")
        .contains("FROM `my-project.copies.file_downloads`\n");
    assertThat(other.files()).isEqualTo("gs://other/*.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "my-bucket/a",
        "gs://",
        "gs://b",
        "gs://bucket/",
        "gs://bucket/a/",
        "gs://bucket//a",
        "gs://bucket/a*",
        "gs://bucket/a', overwrite = true, x = '",
        "gs://bucket/a\nb",
        "gs://Bucket/a",
        "gs://bucket/a\n"
      })
  void aFolderOfAnotherFormIsRejected(String folder) {
    assertThatThrownBy(() -> BigQueryExport.to(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid folder of an export: '%s' (must be as gs://bucket/some/folder, of letters, digits and . _ = + -)"
                .formatted(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "table", "a.b", "a.b.c`", "a.b.c WHERE true", "a.b.c\n"})
  void aTableOfAnotherFormIsRejected(String table) {
    assertThatThrownBy(() -> EXPORT.table(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid table: '%s' (must be as project.dataset.table)".formatted(table));
  }

  @Test
  void aLimitWithinASecondIsRejected() {
    assertThatThrownBy(() -> EXPORT.from(Instant.parse("2024-08-12T10:00:00.5Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid limit of an export: 2024-08-12T10:00:00.500Z (must be a whole second)");
  }
}
