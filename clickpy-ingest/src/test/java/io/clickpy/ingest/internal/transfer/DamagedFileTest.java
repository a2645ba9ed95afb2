package io.clickpy.ingest.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.Download;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.ExportFile;
import io.clickpy.ingest.Mutations;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.internal.parquet.Bytes;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file says, the answer is all its rows or the error for invalid data: no other
 * exception, no end of the memory, no loop without end.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // Against a hang, not for speed.
class DamagedFileTest {
  @TempDir Path folder;

  @Test
  void noFooterBreaksTheReader() throws IOException {
    byte[] good = export(ExportFile.with().shape(ExportFile.Shape.MINIMAL).smallRowGroups(), 1_000);
    int footer = good.length - Mutations.footer(good) - 8;
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bad[bad.length - 8 - 1 - random.nextInt(footer)] = (byte) random.nextInt();
      }
      refused += readsOrRefuses("footer " + i, bad) ? 0 : 1;
    }
    assertThat(refused).isBetween(1_000, 20_000);
  }

  @Test
  void noDamageBreaksTheReader() throws IOException {
    List<byte[]> good = new ArrayList<>();
    for (CompressionCodecName codec :
        List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW)) {
      ExportFile.Shape shape = ExportFile.Shape.BIGQUERY;
      good.add(export(ExportFile.with().codec(codec).withoutChecksums(), 700));
      good.add(export(ExportFile.with().codec(codec).shape(shape).smallRowGroups(), 900));
      good.add(export(ExportFile.with().codec(codec).withoutDictionaries(), 100));
      good.add(export(ExportFile.with().codec(codec).withoutChecksums().secondVersion(), 300));
    }
    long refused =
        Mutations.of(good, Integer.getInteger("clickpy.mutations", 2_000))
            .filter(mutation -> !readsOrRefuses(mutation.name(), mutation.bytes()))
            .count();
    assertThat(refused).isPositive();
  }

  private static boolean readsOrRefuses(String name, byte[] file) {
    Bytes bytes = new Bytes(file);
    boolean pushed = succeeds(name, () -> slices(bytes));
    boolean decoded = succeeds(name, () -> rows(bytes));
    // Without a look into the pages less damage can be seen.
    assertThat(pushed || !decoded).as(name).isTrue();
    return decoded;
  }

  private static boolean succeeds(String name, Work work) {
    try {
      work.run();
      return true;
    } catch (ClickPyException e) {
      assertThat(e.code()).as(name).isEqualTo(ErrorCode.INVALID_DATA);
      assertThat(e).as(name).message().isNotBlank();
      return false;
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static void slices(Bytes file) throws IOException {
    ParquetFooter footer = ParquetFooter.read(file);
    DownloadMapping mapping = mapping(footer);
    for (ParquetSlice slice : ParquetSlice.of(footer, mapping.columns(), 1)) {
      slice.writeTo(file, OutputStream.nullOutputStream(), copied -> {});
    }
  }

  private static void rows(Bytes file) throws IOException {
    ParquetFooter footer = ParquetFooter.read(file);
    new RowPush(file, footer, mapping(footer)).write(OutputStream.nullOutputStream(), read -> {});
  }

  private static DownloadMapping mapping(ParquetFooter footer) {
    return DownloadMapping.of(footer.columns(), DownloadColumns.ofDefaults(), RowFilter.NONE);
  }

  private byte[] export(ExportFile file, int rows) throws IOException {
    Instant start = Instant.parse("2024-08-12T00:00:00Z");
    List<Download> downloads =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    Download.of("2024-08-12T00:00:00Z", "project-" + i % 37)
                        .withTimestamp(start.plusSeconds(97L * i)))
            .toList();
    Path path = folder.resolve("good");
    Files.deleteIfExists(path);
    return Files.readAllBytes(file.write(path, downloads));
  }

  /** Reads a file in one of the ways. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}
