package io.clickpy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.embedded.EmbeddedClickHouse;
import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.query.DailyDownloads;
import io.clickpy.query.PypiStats;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class QuickstartIT {
  private static EmbeddedClickHouse server;
  private ClickPy clickpy;

  @BeforeAll
  static void start() {
    server = EmbeddedClickHouse.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect(TestInfo test) {
    String database = test.getTestMethod().orElseThrow().getName();
    clickpy = ClickPy.connect(ClickPyConfig.builder(server.endpoint()).database(database).build());
  }

  @AfterEach
  void close() {
    clickpy.close();
  }

  @Test
  void whatIsPrintedIsWhatTheRawTableHolds() throws Exception {
    SampleDownloads sample =
        SampleDownloads.of(7).days(LocalDate.of(2024, 8, 1), 12).downloads(20_000).projects(50);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new Quickstart(sample, new PrintStream(printed, true, StandardCharsets.UTF_8)).run(clickpy);

    String text = printed.toString(StandardCharsets.UTF_8);
    List<DailyDownloads> raw =
        Query.of(
                "SELECT date, toInt64(count()) AS n FROM pypi WHERE project = 'pandas' AND date > '2024-08-02'"
                    + " GROUP BY date ORDER BY date",
                row -> new DailyDownloads(row.date("date"), row.longValue("n")))
            .fetch(clickpy);
    long total =
        Query.of(
                "SELECT count() AS n FROM pypi WHERE project = 'pandas'", row -> row.longValue("n"))
            .fetch(clickpy)
            .get(0);
    assertThat(raw).hasSize(10);
    assertThat(text)
        .contains("downloads from 12 files")
        .contains(DailyTable.render(raw))
        .contains("In all: " + total);
  }

  /** "ClickPy reaches one trillion rows", on ClickHouse's blog: its nine days of pandas. */
  @Test
  void theBlogsDaysArePrintedAsInTheBlog() {
    SchemaMigrator.of(clickpy).migrate();
    String days =
        """
        2024-08-12\t9787106
        2024-08-13\t9727401
        2024-08-14\t9309011
        2024-08-15\t8825396
        2024-08-16\t9428220
        2024-08-17\t5915869
        2024-08-18\t5955829
        2024-08-19\t9118143
        2024-08-20\t9846985
        """;
    Insert.into(
            "pypi_downloads_per_day SELECT 'pandas', date, count FROM input('date Date, count Int64')",
            "TabSeparated",
            out -> out.write(days.getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);

    String table =
        DailyTable.render(
            PypiStats.downloadsPerDay("pandas")
                .between(LocalDate.of(2024, 8, 12), LocalDate.of(2024, 8, 20))
                .fetch(clickpy));

    assertThat(table).isEqualTo(BlogTable.TEXT);
  }
}
