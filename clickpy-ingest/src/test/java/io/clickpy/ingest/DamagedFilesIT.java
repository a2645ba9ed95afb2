package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedFilesIT {
  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private final Random random = new Random(20_240_812);

  @BeforeEach
  void createTables() {
    Tables.create(clickpy);
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

  /** A cut, or an end that belongs to another file, is always seen before anything is sent. */
  @Test
  void cutFilesAndForeignFootersAreRefused() throws IOException {
    byte[] small = export("small", 50, CompressionCodecName.SNAPPY);
    byte[] large = export("large", 2_000, CompressionCodecName.GZIP);
    List<Path> damaged = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      damaged.add(write("cut-" + i, Arrays.copyOf(large, random.nextInt(large.length))));
    }
    int footer = 8 + footerLength(large);
    byte[] foreign = Arrays.copyOf(small, small.length + footer);
    System.arraycopy(large, large.length - footer, foreign, small.length, footer);
    damaged.add(write("foreign", foreign));

    assertThat(load(damaged).failed())
        .hasSize(damaged.size())
        .allSatisfy(file -> assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA));
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  /**
   * A flipped bit that no checksum covers can be a wrong letter, which nobody can see. Whatever is
   * loaded, it is all rows of the file, in every table; whatever is not, has a reason.
   */
  @Test
  void flippedBitsAreSeenOrChangeNoCount() throws IOException {
    int rows = 300;
    List<Path> damaged = new ArrayList<>();
    for (CompressionCodecName codec :
        List.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY)) {
      byte[] good = export("good-" + codec, rows, codec);
      for (int i = 0; i < 25; i++) {
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        damaged.add(write("flip-" + codec + i, bad));
      }
      for (int i = 0; i < 25; i++) {
        byte[] bad = good.clone();
        int inFooter = bad.length - 8 - random.nextInt(footerLength(good));
        bad[inFooter] ^= (byte) (1 << random.nextInt(8));
        damaged.add(write("footer-" + codec + i, bad));
      }
    }
    LoadReport report = load(damaged);

    assertThat(report.failed())
        .isNotEmpty()
        .allSatisfy(
            file -> {
              assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(file.reason()).isNotBlank();
            });
    assertThat(report.loaded()).allSatisfy(file -> assertThat(file.rowsRead()).isEqualTo(rows));
    assertThat(Tables.count(clickpy)).isEqualTo(report.rowsLoaded());
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void aDamagedPageIsSeenByItsChecksumAndTheOthersGoOn() throws IOException {
    List<Download> downloads = Collections.nCopies(5_000, Download.of("2024-08-12T10:00:00Z", "a"));
    byte[] bad =
        Files.readAllBytes(
            ExportFile.with()
                .shape(ExportFile.Shape.MINIMAL)
                .codec(CompressionCodecName.UNCOMPRESSED)
                .withoutDictionaries()
                .write(folder.resolve("bad"), downloads));
    Arrays.fill(bad, bad.length / 2, bad.length / 2 + 200, (byte) 0x5a);
    Path damaged = write("bad", bad);
    write("good", export("good", 10, CompressionCodecName.ZSTD));

    LoadReport report = load(List.of(damaged, folder.resolve("good.parquet")));

    assertThat(report.failed())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.uri()).isEqualTo(damaged.toUri());
              assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(file.reason()).startsWith("The server cannot read it (Code: ");
            });
    assertThat(report.loaded()).hasSize(1);
    assertThat(Tables.count(clickpy)).isEqualTo(10);
    Tables.assertRollupsEqualRaw(clickpy);
  }

  /** Extra: real broken files, where they are at hand. */
  @Test
  void knownBadFilesAreRefused() throws IOException {
    Path bad = SharedData.folder("parquet-bad");
    assumeTrue(Files.isDirectory(bad), "skipped: there is no " + bad);
    LoadReport report = ParquetLoader.into(clickpy).from(ParquetSource.local(bad)).load();

    assertThat(report.failed())
        .hasSameSizeAs(report.files())
        .allSatisfy(file -> assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA));
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  private LoadReport load(List<Path> paths) {
    ParquetLoader loader = ParquetLoader.into(clickpy);
    for (Path path : paths) {
      loader = loader.from(ParquetSource.local(path));
    }
    return loader.load();
  }

  private byte[] export(String name, int rows, CompressionCodecName codec) throws IOException {
    Instant start = Instant.parse("2024-08-12T00:00:00Z");
    List<Download> downloads =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    Download.of("2024-08-12T00:00:00Z", "project-" + i % 37)
                        .withTimestamp(start.plusSeconds(97L * i)))
            .toList();
    Path path =
        ExportFile.with().codec(codec).smallRowGroups().write(folder.resolve(name), downloads);
    return Files.readAllBytes(path);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name + ".parquet"), bytes);
  }

  private static int footerLength(byte[] file) {
    int at = file.length - 8;
    return (file[at] & 0xff) | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16;
  }
}
