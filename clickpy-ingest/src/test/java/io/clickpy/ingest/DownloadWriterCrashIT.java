package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.Download;
import io.clickpy.core.Query;
import io.clickpy.core.RetryPolicy;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer whose server or program is killed.
 *
 * <p>{@code -Dclickpy.kills=N} kills the server so often at random moments, and prints what that
 * did.
 */
@Tag("slow")
class DownloadWriterCrashIT {
  private static final int ROWS = 100;
  private static final Download DOWNLOAD =
      Download.of(LocalDate.of(2024, 8, 12), "pandas", "2.2.2").withSystem("Linux");

  @TempDir Path data;

  /** The server dies when the raw table has the batch and its last view is still at work. */
  @Test
  void aBatchCountsOnceThoughTheServerIsKilledBetweenTwoTables() throws Exception {
    EmbeddedClickHouse server = EmbeddedClickHouse.builder().dataDirectory(data).start();
    int port = server.endpoint().getPort();
    try (ClickPy clickpy = migrated(server)) {
      Command.of("CREATE TABLE slow (x UInt8) ENGINE = Null").execute(clickpy);
      Command.of(
              "CREATE MATERIALIZED VIEW a_slow_mv TO slow AS" + " SELECT sleep(3) AS x FROM pypi")
          .execute(clickpy);
      try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
        Collections.nCopies(ROWS, DOWNLOAD).forEach(writer::write);
        Thread flush = new Thread(writer::flush);
        flush.start();
        while (Tables.count(clickpy) < ROWS) {
          Thread.sleep(10);
        }
        kill(server);
        server = EmbeddedClickHouse.builder().dataDirectory(data).httpPort(port).start();
        Command.of("DROP VIEW a_slow_mv SYNC").execute(clickpy);
        flush.join();

        assertThat(writer.progress()).isEqualTo(new WriterProgress(ROWS, ROWS, 1));
        assertThat(Tables.count(clickpy)).isEqualTo(ROWS);
        Tables.assertRollupsEqualRaw(clickpy);
      }
    } finally {
      server.close();
    }
  }

  @Test
  void aProgramThatWasKilledWritesOnceMoreWhatItMayHaveWritten() throws Exception {
    ClickPy clickpy = TestServer.connect();
    try {
      SchemaMigrator.of(clickpy).migrate();
      DeduplicationWindow.of(clickpy).set(10_000);
      Random random = new Random(5);
      for (int i = 0; i < 3; i++) {
        Process program = ChildProgram.start(WritingProgram.class, clickpy);
        try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
          assertThat(out.readLine()).isEqualTo("writing");
          Thread.sleep(random.nextInt(700));
        } finally {
          program.destroyForcibly().waitFor();
        }
      }
      assertThat(ChildProgram.start(WritingProgram.class, clickpy).waitFor()).isZero();

      assertThat(Tables.count(clickpy))
          .isEqualTo((long) WritingProgram.BATCHES * WritingProgram.BATCH_ROWS);
      Tables.assertRollupsEqualRaw(clickpy);
    } finally {
      TestServer.dropAndClose(clickpy);
    }
  }

  /** Docs say what a killed server can do; this is where the figures are from. */
  @Test
  @EnabledIfSystemProperty(named = "clickpy.kills", matches = "\\d+")
  void aServerThatIsKilledAtAnyMomentNeverDoublesABatch() throws Exception {
    int kills = Integer.getInteger("clickpy.kills");
    Random random = new Random(kills);
    EmbeddedClickHouse server = EmbeddedClickHouse.builder().dataDirectory(data).start();
    int port = server.endpoint().getPort();
    try (ClickPy clickpy = migrated(server);
        DownloadWriter writer = DownloadWriter.into(clickpy).batchRows(20).open()) {
      for (int i = 0; i < kills; i++) {
        Thread.sleep(random.nextInt(50));
        Thread writing =
            new Thread(() -> Collections.nCopies(ROWS, DOWNLOAD).forEach(writer::write));
        writing.start();
        Thread.sleep(random.nextInt(500));
        kill(server);
        server = EmbeddedClickHouse.builder().dataDirectory(data).httpPort(port).start();
        writing.join();
        writer.flush();
      }
      List<String> differences = differences(clickpy, (long) kills * ROWS);
      System.out.println(kills + " kills: " + differences);
      assertThat(differences).noneMatch(difference -> difference.endsWith("too many"));
    } finally {
      server.close();
    }
  }

  private static List<String> differences(ClickPy clickpy, long rows) {
    List<String> differences = new ArrayList<>();
    for (Rollup rollup : PypiSchema.ofDefaults().rollups()) {
      if (rollup.measure() == Measure.COUNT) {
        addDifference(differences, clickpy, rollup.name(), "sum(count)", rows);
      }
    }
    addDifference(differences, clickpy, "pypi", "count()", rows);
    return List.copyOf(new TreeSet<>(differences));
  }

  private static void addDifference(
      List<String> differences, ClickPy clickpy, String table, String sum, long rows) {
    long found =
        Query.of("SELECT toInt64(%s) AS n FROM %s".formatted(sum, table), row -> row.longValue("n"))
            .fetch(clickpy)
            .get(0);
    if (found != rows) {
      differences.add(
          "%s has %s %s"
              .formatted(table, Math.abs(found - rows), found > rows ? "too many" : "too few"));
    }
  }

  private static ClickPy migrated(EmbeddedClickHouse server) {
    ClickPy clickpy =
        ClickPy.connect(
            ClickPyConfig.builder(server.endpoint()).retries(RetryPolicy.none()).build());
    SchemaMigrator.of(clickpy).migrate();
    DeduplicationWindow.of(clickpy).set(10_000);
    return clickpy;
  }

  private static void kill(EmbeddedClickHouse server) {
    server.process().destroyForcibly();
    server.close();
  }
}
