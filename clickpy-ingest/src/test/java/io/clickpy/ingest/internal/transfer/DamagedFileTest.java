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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file says, the answer is all its rows or the error for invalid data: no other
 * exception, no end of the memory, no loop without end.
 *
 * <p>{@code -Dclickpy.mutations=N} chooses how many damaged files are read, {@code
 * -Dtest.jvm.options=-Xmx256m} bounds the memory.
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
      refused += read("footer " + i, bad).isPresent() ? 0 : 1;
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
    Set<Long> before = new HashSet<>();
    // Of what is read here; rarer encodings are left to the server.
    good.forEach(file -> read("good", file).ifPresent(before::add));
    List<OptionalLong> after = new ArrayList<>();
    Duration longest = Duration.ZERO;
    Iterator<Mutations.Mutation> mutations =
        Mutations.of(good, Integer.getInteger("clickpy.mutations", 2_000)).iterator();
    while (mutations.hasNext()) {
      Mutations.Mutation bad = mutations.next();
      long start = System.nanoTime();
      after.add(read(bad.name(), bad.bytes()));
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      longest = elapsed.compareTo(longest) > 0 ? elapsed : longest;
    }
    long refused = after.stream().filter(OptionalLong::isEmpty).count();
    long same =
        after.stream()
            .filter(rows -> rows.isPresent() && before.contains(rows.getAsLong()))
            .count();
    System.out.printf(
        "DamagedFileTest: of %s damaged files, %s refused, %s read as before, %s otherwise; the longest took %s%n",
        after.size(), refused, same, after.size() - refused - same, longest);
    assertThat(refused).isPositive();
  }

  /** Returns a checksum of the rows; nothing if the file is refused. */
  private static OptionalLong read(String name, byte[] file) {
    Bytes bytes = new Bytes(file);
    OptionalLong pushed = attempt(name, () -> slices(bytes));
    OptionalLong decoded = attempt(name, () -> rows(bytes));
    // Without a look into the pages less damage can be seen.
    assertThat(pushed.isPresent() || decoded.isEmpty()).as(name).isTrue();
    return decoded;
  }

  private static OptionalLong attempt(String name, Work work) {
    try {
      return OptionalLong.of(work.run());
    } catch (ClickPyException e) {
      assertThat(e.code()).as(name).isEqualTo(ErrorCode.INVALID_DATA);
      assertThat(e).as(name).message().isNotBlank();
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static long slices(Bytes file) throws IOException {
    ParquetFooter footer = ParquetFooter.read(file);
    DownloadMapping mapping = mapping(footer);
    CheckedOutputStream out = sink();
    for (ParquetSlice slice : ParquetSlice.of(footer, mapping.columns(), 1)) {
      slice.writeTo(file, out, copied -> {});
    }
    return out.getChecksum().getValue();
  }

  private static long rows(Bytes file) throws IOException {
    ParquetFooter footer = ParquetFooter.read(file);
    CheckedOutputStream out = sink();
    new RowPush(file, footer, mapping(footer)).write(out, read -> {});
    return out.getChecksum().getValue();
  }

  private static CheckedOutputStream sink() {
    return new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
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
    long run() throws IOException;
  }
}
