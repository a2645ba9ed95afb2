package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class DamagedFilesIT {
  private static final int ROWS = 700;

  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();

  @BeforeEach
  void createTables() {
    Tables.create(clickpy);
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

  /**
   * A flipped bit that no checksum covers can be a wrong letter, which nobody can see. Whatever is
   * loaded, it is all rows of the file, in every table; whatever is not, has a reason, and has left
   * nothing.
   *
   * <p>{@code -Dclickpy.mutations=1000} loads a thousand instead of a few; {@link
   * io.clickpy.ingest.internal.transfer.DamagedFileTest} reads thousands at any time, without a
   * server.
   */
  @ParameterizedTest
  @EnumSource(
      value = StagingMode.class,
      names = {"PUSH_PARQUET", "PUSH_ROWS"})
  void damageIsSeenOrChangesNoCount(StagingMode mode) throws IOException {
    List<byte[]> good = new ArrayList<>();
    for (CompressionCodecName codec :
        List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.ZSTD)) {
      good.add(export("with-" + codec, ExportFile.with().codec(codec).smallRowGroups()));
      good.add(export("without-" + codec, ExportFile.with().codec(codec).withoutChecksums()));
    }
    List<Path> damaged = new ArrayList<>();
    Mutations.of(good, Integer.getInteger("clickpy.mutations", 50))
        .forEach(bad -> damaged.add(write(bad.name(), bad.bytes())));

    LoadReport report = load(damaged, mode);

    assertThat(report.failed())
        .isNotEmpty()
        .allSatisfy(
            file -> {
              assertThat(file.code()).as(file.uri().toString()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(file.reason()).isNotBlank();
            });
    System.out.printf(
        "DamagedFilesIT: of %s damaged files, %s refused, %s loaded by %s in %s%n",
        damaged.size(), report.failed().size(), report.loaded().size(), mode, report.elapsed());
    assertThat(report.files()).hasSize(damaged.size());
    assertThat(report.loaded()).allSatisfy(file -> assertThat(file.rowsRead()).isEqualTo(ROWS));
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
    ExportFile.with().write(folder.resolve("good.parquet"), downloads.subList(0, 10));

    LoadReport report =
        load(List.of(damaged, folder.resolve("good.parquet")), StagingMode.PUSH_PARQUET);

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
  @ParameterizedTest
  @EnumSource(
      value = StagingMode.class,
      names = {"PUSH_PARQUET", "PUSH_ROWS"})
  void knownBadFilesAreRefused(StagingMode mode) throws IOException {
    Path bad = SharedData.folder("parquet-bad");
    assumeTrue(Files.isDirectory(bad), "skipped: there is no " + bad);
    LoadReport report =
        ParquetLoader.into(clickpy).from(ParquetSource.local(bad)).staging(mode).load();

    assertThat(report.failed())
        .hasSameSizeAs(report.files())
        .allSatisfy(file -> assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA));
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  private LoadReport load(List<Path> paths, StagingMode mode) {
    ParquetLoader loader = ParquetLoader.into(clickpy).staging(mode);
    for (Path path : paths) {
      loader = loader.from(ParquetSource.local(path));
    }
    return loader.load();
  }

  private byte[] export(String name, ExportFile format) throws IOException {
    Instant start = Instant.parse("2024-08-12T00:00:00Z");
    List<Download> downloads =
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    Download.of("2024-08-12T00:00:00Z", "project-" + i % 37)
                        .withTimestamp(start.plusSeconds(97L * i)))
            .toList();
    return Files.readAllBytes(format.write(folder.resolve(name), downloads));
  }

  private Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name + ".parquet"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
