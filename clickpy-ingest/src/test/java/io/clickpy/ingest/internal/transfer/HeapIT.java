package io.clickpy.ingest.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.StagingMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of one row group that is several times as large as the heap. */
@Tag("slow")
class HeapIT {
  private static final int ROWS = 2_000_000;
  private static final int HEAP = 48 << 20;

  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();

  @BeforeEach
  void createTables() {
    for (String statement :
        new String[] {
          "CREATE TABLE sink (date Date, country_code String, project String, type String,"
              + " installer String, python_minor String, system String, version String)"
              + " ENGINE = Null",
          "CREATE TABLE counted (n UInt64, bytes UInt64) ENGINE = SummingMergeTree ORDER BY tuple()",
          "CREATE MATERIALIZED VIEW counting TO counted AS"
              + " SELECT count() AS n, sum(length(version)) AS bytes FROM sink WHERE project = 'a'"
        }) {
      Command.of(statement).execute(clickpy);
    }
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

  @ParameterizedTest
  @EnumSource(
      value = StagingMode.class,
      names = {"PUSH_PARQUET", "PUSH_ROWS"})
  void aFileOfAnySizeNeedsLittleMemory(StagingMode mode) throws Exception {
    assumeTrue(
        System.getenv("CLICKPY_TEST_URL") == null,
        "skipped: the server of CLICKPY_TEST_URL need not write where this machine reads");
    Path file = folder.resolve("large.parquet");
    Command.of(
            "INSERT INTO FUNCTION file('%s', 'Parquet') SELECT toDateTime64(number, 6, 'UTC') AS"
                    .formatted(file)
                + " timestamp, 'a' AS project, CAST(tuple(randomPrintableASCII(100)),"
                + " 'Tuple(version String)') AS file FROM numbers(%s)".formatted(ROWS))
        .setting("output_format_parquet_row_group_size", Integer.toString(ROWS))
        .setting("output_format_parquet_row_group_size_bytes", "2000000000")
        .setting("output_format_parquet_parallel_encoding", "0")
        .execute(clickpy);
    assertThat(Files.size(file)).isGreaterThan(3L * HEAP);

    Process child = start(file, mode);
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();

    assertThat(child.exitValue()).as(output).isZero();
    assertThat(sum("n")).isEqualTo(ROWS);
    assertThat(sum("bytes")).isEqualTo(100L * ROWS);
  }

  private Process start(Path file, StagingMode mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP,
            "-cp",
            System.getProperty("java.class.path"),
            HeapProgram.class.getName(),
            TestServer.config().build().endpoint().toString(),
            clickpy.database().value(),
            "sink",
            file.toUri().toString(),
            mode.name())
        .redirectErrorStream(true)
        .start();
  }

  private long sum(String column) {
    return Query.of("SELECT sum(%s) AS n FROM counted".formatted(column), row -> row.longValue("n"))
        .fetch(clickpy)
        .get(0);
  }
}
