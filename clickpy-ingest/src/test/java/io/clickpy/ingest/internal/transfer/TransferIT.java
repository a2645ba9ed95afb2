package io.clickpy.ingest.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.TestServer;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.Download;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.ExportFile;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.Tables;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same file gives the same rows, whichever way they take. */
class TransferIT {
  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();

  @BeforeEach
  void createTable() {
    Command.of(Ddl.createTable(PypiSchema.ofDefaults().downloads())).execute(clickpy);
  }

  @AfterEach
  void dropTable() {
    TestServer.dropAndClose(clickpy);
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void everyCodecAndEncoding(CompressionCodecName codec) throws IOException {
    assertSameByEachWay(ExportFile.with().codec(codec));
    assertSameByEachWay(ExportFile.with().codec(codec).withoutDictionaries());
    assertSameByEachWay(ExportFile.with().codec(codec).withoutChecksums().smallRowGroups());
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportFile.Shape.class,
      names = {"BIGQUERY", "CLICKPY", "FLAT"})
  void everyShape(ExportFile.Shape shape) throws IOException {
    assertSameByEachWay(ExportFile.with().shape(shape));
    assertSameByEachWay(ExportFile.with().shape(shape).withoutDictionaries());
  }

  @ParameterizedTest
  @EnumSource(
      value = ChronoUnit.class,
      names = {"MILLIS", "MICROS", "NANOS"})
  void everyTimestamp(ChronoUnit unit) throws IOException {
    assertSameByEachWay(ExportFile.with().timestamps(unit, "true"));
    assertSameByEachWay(ExportFile.with().timestamps(unit, "false"));
  }

  @Test
  void pagesOfTheSecondVersion() throws IOException {
    assertSameByEachWay(ExportFile.with().secondVersion());
    assertSameByEachWay(ExportFile.with().secondVersion().codec(CompressionCodecName.UNCOMPRESSED));
  }

  private void assertSameByEachWay(ExportFile format) throws IOException {
    List<Download> downloads = downloads(2_000);
    Path path = format.write(folder.resolve(System.nanoTime() + ".parquet"), downloads);
    DownloadFile file =
        DownloadFile.open(
            ParquetSource.local(path).sharedWithServer().list().get(0),
            DownloadColumns.ofDefaults(),
            RowFilter.NONE);
    for (StagingMode mode : modes()) {
      Command.of("TRUNCATE TABLE pypi").execute(clickpy);
      double[] progress = new double[1];
      file.insertInto(new Target(clickpy, "pypi", "2"), mode, share -> progress[0] = share);

      assertThat(Tables.rows(clickpy)).as("%s", mode).isEqualTo(Tables.expected(downloads));
      assertThat(progress[0]).as("%s", mode).isBetween(0.5, 1.0);
    }
  }

  /** Only the embedded server certainly sees this machine's disk. */
  private static List<StagingMode> modes() {
    return Stream.of(StagingMode.values())
        .filter(
            mode ->
                (mode != StagingMode.SERVER_PULL && mode != StagingMode.AUTO)
                    || System.getenv("CLICKPY_TEST_URL") == null)
        .toList();
  }

  /** Downloads of a few days, with NULLs where exports have them; always the same. */
  private static List<Download> downloads(int count) {
    Random random = new Random(count);
    List<Download> downloads = new ArrayList<>();
    Instant start = Instant.parse("2024-08-11T22:00:00Z");
    for (int i = 0; i < count; i++) {
      downloads.add(
          new Download(
              start.plusSeconds(random.nextInt(4) * 40_000L),
              pick(random, "US", "DE", "", null),
              pick(random, "pandas", "boto3", "Flask_Login"),
              pick(random, "1.0", "2.0rc1", null),
              pick(random, "sdist", "bdist_wheel", null),
              pick(random, "pip", "uv", null),
              pick(random, "3.12.1", "3.9.10", "3", "", null),
              pick(random, "Linux", "Darwin", null)));
    }
    return downloads;
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
