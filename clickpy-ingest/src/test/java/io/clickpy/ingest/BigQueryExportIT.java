package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BigQueryExportIT {
  private static final BigQueryExport EXPORT = BigQueryExport.to("gs://my-bucket/a");

  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();

  @AfterEach
  void drop() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void theNewestDayIsTheLastThatIsNotExported() {
    Tables.create(clickpy);
    assertThat(EXPORT.sinceNewestDay(clickpy).sql()).isEqualTo(EXPORT.sql());

    Command.of(
            "INSERT INTO pypi (date, project) VALUES ('2024-02-29', 'pandas'), ('2024-01-01', 'a')")
        .execute(clickpy);
    assertThat(EXPORT.sinceNewestDay(clickpy).sql())
        .endsWith("WHERE timestamp >= TIMESTAMP '2024-03-01 00:00:00+00:00'");
  }

  /** No BigQuery is at hand; ClickHouse's parser reads the same query, and finds its parts. */
  @Test
  void theQueryIsOneThatParses() {
    String select = EXPORT.sql().substring(EXPORT.sql().indexOf("SELECT"));

    assertThat(formatted(select))
        .contains("timestamp, country_code, project, STRUCT(file.version AS version")
        .contains("FROM `bigquery-public-data.pypi.file_downloads` WHERE");
    assertThat(formatted(EXPORT.countSql())).startsWith("SELECT COUNT(*) AS n FROM");
  }

  private String formatted(String sql) {
    return Query.of("SELECT formatQuerySingleLine({sql:String}) AS sql", row -> row.string("sql"))
        .bind("sql", sql)
        .fetch(clickpy)
        .get(0);
  }
}
