package io.clickpy.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.DailyDownloads;
import io.clickpy.query.GeneratedDownloads;
import io.clickpy.query.ListQuery;
import io.clickpy.query.PypiStats;
import io.clickpy.query.rollup.DownloadsMaxMin;
import io.clickpy.query.rollup.DownloadsPerDayByVersion;
import io.clickpy.query.rollup.Fields;
import io.clickpy.query.text.TextTable;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any answer can be written to a file. */
class ExportIT {
  private static ClickPy clickpy;

  @BeforeAll
  static void load() {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    GeneratedDownloads.loadDownloads(clickpy, PypiSchema.ofDefaults(), new Random(3));
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void aStreamGivesTheFileOfTheWholeAnswer(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("days.csv");
    try (Stream<DailyDownloads> days = PypiStats.downloadsPerDay("pandas").stream(clickpy);
        Writer out = Files.newBufferedWriter(file)) {
      ExportFormat.csv().write(DailyDownloads.class, days, out);
    }

    List<DailyDownloads> days = PypiStats.downloadsPerDay("pandas").fetch(clickpy);
    StringBuilder expected = new StringBuilder("date,count\r\n");
    days.forEach(day -> expected.append(day.date()).append(',').append(day.count()).append("\r\n"));
    assertThat(days).isNotEmpty();
    assertThat(file).hasContent(expected.toString());
  }

  @Test
  void everyAnswerHasEachForm() {
    check(PypiStats.downloadsOverTime("pandas"), 4);
    check(PypiStats.topVersions("pandas"), 2);
    check(PypiStats.downloadsByCountry("pandas"), 5);
    check(PypiStats.downloadsByVersion("pandas").overTime(), 7);
    check(PypiStats.fileTypesByInstaller("pandas"), 6);
    check(PypiStats.fileTypesByInstaller("pandas").overTime(), 8);
    check(DownloadsPerDayByVersion.query().groupBy(Fields.VERSION, Fields.DATE), 3);
    check(DownloadsMaxMin.query().groupBy(Fields.PROJECT), 3);
  }

  private static <R> void check(ListQuery<R> question, int columns) {
    List<R> rows = question.fetch(clickpy);
    assertThat(rows).hasSizeGreaterThan(1);
    @SuppressWarnings("unchecked") // A record's own class.
    Class<R> type = (Class<R>) rows.get(0).getClass();

    assertThat(ExportFormat.csv().text(type, rows).split("\r\n", 2)[0].split(",", -1))
        .hasSize(columns);
    assertThat(ExportFormat.markdown().text(type, rows).lines()).hasSize(rows.size() + 2);
    assertThat(ExportFormat.json().text(type, rows)).startsWith("[{").endsWith("}]");
    assertThat(TextTable.of(type, rows).render().lines()).hasSize(rows.size() + 2);
  }
}
