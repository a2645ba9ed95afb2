package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.Download;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.RetryPolicy;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.ingest.FaultyProxy.Fault;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class DownloadWriterIT {
  private static final int WINDOW = 1_000;

  private final ClickPyConfig config = TestServer.config().build();
  private final ClickPy clickpy = ClickPy.connect(config);

  @BeforeEach
  void migrate() {
    SchemaMigrator.of(clickpy).migrate();
    DeduplicationWindow.of(clickpy).set(WINDOW);
  }

  @AfterEach
  void drop() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void whatWasAcceptedIsInEveryTableBehindAFlush() {
    List<Download> downloads = downloads(1, 500);
    try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
      downloads.forEach(writer::write);
      writer.flush();

      assertWritten(downloads);
      assertThat(writer.progress()).isEqualTo(new WriterProgress(500, 500, 1));
      assertThat(writer.progress().pending()).isZero();
      writer.flush();
    }
    assertWritten(downloads);
  }

  @Test
  void equalBatchesAreTwoBatches() {
    Download download = downloads(1, 1).get(0);
    try (DownloadWriter writer = DownloadWriter.into(clickpy).batchRows(2).open()) {
      for (int i = 0; i < 10; i++) {
        writer.write(download);
      }
    }
    assertWritten(Collections.nCopies(10, download));
  }

  @Test
  void anyTextSurvives() {
    List<Download> downloads =
        List.of("it's", "\"q\"", "a\tb\nc", "\\N", "NULL", "\0", "çİ😀", "x".repeat(1_000), " ")
            .stream()
            .map(
                text ->
                    Download.of(LocalDate.of(1970, 1, 1), "p" + text, text)
                        .withFileType(text)
                        .withInstaller(text)
                        .withPython(text)
                        .withSystem(text)
                        .withCountry(text))
            .toList();
    try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
      downloads.forEach(writer::write);
    }
    assertWritten(downloads);
  }

  @Test
  void aDownloadIsWrittenWhenItsBatchIsOld() throws InterruptedException {
    try (DownloadWriter writer =
        DownloadWriter.into(clickpy).batchAge(Duration.ofMillis(1)).open()) {
      writer.write(downloads(1, 1).get(0));
      while (writer.progress().pending() > 0) {
        Thread.sleep(10);
      }
      assertThat(Tables.count(clickpy)).isEqualTo(1);
    }
  }

  @Test
  void manyThreadsMayWriteAndFlush() {
    int threads = 8;
    List<List<Download>> parts =
        IntStream.range(0, threads).mapToObj(i -> downloads(i, 400)).toList();
    try (DownloadWriter writer =
        DownloadWriter.into(clickpy).batchRows(150).waitingBatches(1).open()) {
      CompletableFuture<?>[] all =
          parts.stream()
              .map(
                  part ->
                      CompletableFuture.runAsync(
                          () -> {
                            part.forEach(writer::write);
                            writer.flush();
                            assertThat(Tables.rows(clickpy)).containsAll(expected(part));
                          }))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    }
    assertWritten(parts.stream().flatMap(List::stream).toList());
  }

  @Test
  void aBatchOfAnIdCountsOnceWhoeverWritesItHoweverOften() {
    List<Download> downloads = downloads(1, 100);
    for (int program = 0; program < 3; program++) {
      try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
        writer.write("offset-0-100", downloads);
        writer.write("offset-0-100", downloads);
        writer.write("offset-100-100", List.of());
      }
    }
    assertWritten(downloads);
  }

  @Test
  void theIdCountsAndNotTheDownloads() {
    List<Download> downloads = downloads(1, 100);
    try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
      writer.write("a", downloads);
      writer.write("b", downloads);
    }
    List<Download> twice = new ArrayList<>(downloads);
    twice.addAll(downloads);
    assertWritten(twice);
  }

  @Test
  void whatATableHasDroppedFromItsWindowCountsAgain() {
    DeduplicationWindow.of(clickpy).set(2);
    Download download = downloads(1, 1).get(0);
    try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
      for (String id : List.of("a", "b", "c", "a")) {
        writer.write(id, List.of(download));
      }
    }
    assertWritten(Collections.nCopies(4, download));
  }

  @Test
  void aBatchBeyondTheServersUsualBlocksIsStillOneBlock() {
    DeduplicationWindow.of(clickpy).set(1);
    List<Download> downloads = Collections.nCopies(1_200_000, downloads(1, 1).get(0));
    try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
      writer.write("large", downloads);
      writer.write("large", downloads);
    }
    assertThat(Tables.count(clickpy)).isEqualTo(downloads.size());
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aBatchCountsOnceWhateverHappensOnItsWay(Fault fault) {
    List<Download> downloads = downloads(3, 2_000);
    AtomicInteger left = new AtomicInteger(2);
    writeThrough(() -> left.getAndDecrement() > 0 ? fault : Fault.NONE, downloads, 500);

    assertWritten(downloads);
  }

  @Test
  void everythingCountsOnceWhereFaultsAreUsual() {
    List<Download> downloads = downloads(42, 6_000);
    Random random = new Random(42);
    Fault[] all = Fault.values();
    writeThrough(
        () -> {
          synchronized (random) {
            return random.nextBoolean() ? Fault.NONE : all[random.nextInt(all.length)];
          }
        },
        downloads,
        200);

    assertWritten(downloads);
  }

  private void writeThrough(Supplier<Fault> faults, List<Download> downloads, int batchRows) {
    Function<String, Fault> faultsOfInserts =
        request ->
            request.lines().findFirst().orElse("").contains("RowBinary")
                ? faults.get()
                : Fault.NONE;
    try (FaultyProxy proxy = FaultyProxy.to(config.endpoint(), faultsOfInserts);
        ClickPy connection = connect(proxy.endpoint());
        DownloadWriter writer =
            DownloadWriter.into(connection).batchRows(batchRows).insertsAtOnce(3).open()) {
      downloads.forEach(writer::write);
      writer.flush();
      // What is late must have arrived, too, before the tables are looked at.
      sleep(1_000);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ClickPy connect(String endpoint) {
    return ClickPy.connect(
        ClickPyConfig.builder(endpoint)
            .database(config.database().value())
            .retries(RetryPolicy.none())
            .build());
  }

  @Test
  void loadersWorkBesideAWriterAndAreNotTakenForIt(@TempDir Path folder) {
    io.clickpy.ingest.Download inFile =
        io.clickpy.ingest.Download.of("2024-08-12T10:00:00Z", "pandas");
    Download written =
        Download.of(LocalDate.of(2024, 8, 12), "pandas", inFile.version())
            .withCountry(inFile.country())
            .withFileType(inFile.type())
            .withInstaller(inFile.installer())
            .withPython(inFile.python())
            .withSystem(inFile.system());
    ParquetLoader loader = ParquetLoader.into(clickpy);
    for (String name : List.of("a", "b")) {
      Path file = folder.resolve(name + ".parquet");
      ExportFile.with().write(file, Collections.nCopies(100, inFile));
      loader = loader.from(ParquetSource.local(file));
    }
    try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
      writer.write("before", Collections.nCopies(100, written));
      loader.load().throwIfFailed();
      writer.write("before", Collections.nCopies(100, written));
      writer.write("behind", Collections.nCopies(100, written));
    }
    assertWritten(Collections.nCopies(400, written));
  }

  /** As a view fails that meets a limit. */
  @Test
  void whatOnlySomeTablesTookIsCompletedByTheNextTry() {
    breakRollup("pypi_downloads_per_month");
    List<Download> downloads = downloads(1, 100);
    DownloadWriter writer =
        DownloadWriter.into(clickpy).patience(Duration.ZERO).insertsAtOnce(1).open();
    downloads.forEach(writer::write);

    WriteException failure = failure(writer::flush);
    assertThat(Tables.count(clickpy)).as("the raw table has it").isEqualTo(100);
    assertThat(failure.unwritten()).hasSize(1);
    assertThat(failure(() -> writer.write(downloads.get(0))).unwritten()).hasSize(1);
    WriteException atClose = failure(writer::close);
    writer.close();

    mendRollup("pypi_downloads_per_month");
    UnwrittenBatch batch = atClose.unwritten().get(0);
    assertThat(batch.downloads()).isEqualTo(downloads);
    try (DownloadWriter again = DownloadWriter.into(clickpy).open()) {
      again.write(batch.id(), batch.downloads());
    }
    assertWritten(downloads);
  }

  @Test
  void closingGivesBackEverythingThatIsNotWritten() {
    List<Download> downloads = downloads(1, 95);
    breakRollup("pypi_downloads");
    DownloadWriter writer =
        DownloadWriter.into(clickpy)
            .patience(Duration.ofDays(1))
            .batchRows(10)
            .waitingBatches(100)
            .insertsAtOnce(2)
            .open();
    downloads.forEach(writer::write);
    Command.of("DROP TABLE pypi SYNC").execute(clickpy);
    WriteException failure = failure(writer::close);

    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(failure.unwritten().stream().flatMap(batch -> batch.downloads().stream()))
        .containsExactlyInAnyOrderElementsOf(downloads);
    assertThat(failure)
        .hasMessageMatching(
            "(?s)Cannot write 95 downloads \\(.*\\)\\. They are in unwritten\\(\\): write them again under their ids\\.");
  }

  @Test
  void aWriterIsNotOpenedWhereABatchCouldCountTwice() {
    Command.of("ALTER TABLE pypi_downloads RESET SETTING non_replicated_deduplication_window")
        .execute(clickpy);
    Command.of(
            "ALTER TABLE pypi_downloads_max_min MODIFY SETTING non_replicated_deduplication_window = 0")
        .execute(clickpy);

    assertThatThrownBy(() -> DownloadWriter.into(clickpy).open())
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot write downloads exactly once: pypi_downloads, pypi_downloads_max_min would count a batch twice that is sent twice. Let the tables remember inserts: DeduplicationWindow.of(clickpy).set(10_000).");
  }

  @Test
  void aWriterIsNotOpenedWhereATableOrAViewIsMissing() {
    Command.of("DROP VIEW pypi_downloads_mv SYNC").execute(clickpy);
    Command.of("DROP TABLE pypi_downloads_per_day SYNC").execute(clickpy);

    assertThatThrownBy(() -> DownloadWriter.into(clickpy).open())
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot write downloads into database %s (it has no pypi_downloads_per_day, pypi_downloads_mv). Migrate it: SchemaMigrator.of(clickpy).migrate()."
                .formatted(config.database()));
  }

  @Test
  void theWindowIsNoDifferenceToTheSchema() {
    SchemaMigrator.of(clickpy).validate();
    assertThat(SchemaMigrator.of(clickpy).diff()).isEmpty();
    assertThat(DeduplicationWindow.of(clickpy).inserts()).isEqualTo(WINDOW);

    DeduplicationWindow.of(clickpy).reset();
    assertThat(DeduplicationWindow.of(clickpy).inserts()).isZero();
    assertThat(SchemaMigrator.of(clickpy).diff()).isEmpty();
  }

  /** What {@link DeduplicationWindow} warns of; if it ceases to be so, the warning can go. */
  @Test
  void anEqualBatchWithoutATokenVanishes() {
    String insert = "INSERT INTO pypi (date, project) VALUES ('2024-08-12', 'pandas')";
    for (int i = 0; i < 2; i++) {
      Command.of(insert).setting("async_insert", "0").execute(clickpy);
    }
    assertThat(Tables.count(clickpy)).isEqualTo(1);
  }

  @Test
  void wrongSettingsAreRejected() {
    DownloadWriter.Builder builder = DownloadWriter.into(clickpy);
    assertThatThrownBy(() -> builder.batchRows(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid batchRows: 0 (must be > 0)");
    assertThatThrownBy(() -> builder.batchAge(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid batchAge: PT0S (must be > 0)");
    assertThatThrownBy(() -> builder.patience(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid patience: PT-1S (must be >= 0)");
    assertThatThrownBy(() -> DeduplicationWindow.of(clickpy).set(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid window: 0 (must be > 0)");
    try (DownloadWriter writer = builder.open()) {
      assertThatThrownBy(() -> writer.write("", List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid id of a batch: (empty)");
    }
  }

  private void breakRollup(String name) {
    Command.of("ALTER TABLE %s ADD CONSTRAINT broken CHECK count > 1000000".formatted(name))
        .execute(clickpy);
  }

  private void mendRollup(String name) {
    Command.of("ALTER TABLE %s DROP CONSTRAINT broken".formatted(name)).execute(clickpy);
  }

  private static WriteException failure(Runnable call) {
    try {
      call.run();
    } catch (WriteException e) {
      return e;
    }
    throw new AssertionError("Nothing failed");
  }

  private void assertWritten(Collection<Download> downloads) {
    assertThat(Tables.rows(clickpy)).isEqualTo(expected(downloads));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  /** The rows of the raw table, in the order of its columns, sorted. */
  private static List<List<String>> expected(Collection<Download> downloads) {
    return downloads.stream()
        .map(
            download ->
                List.of(
                    download.date().toString(),
                    download.country(),
                    download.project().value(),
                    download.fileType(),
                    download.installer(),
                    download.python(),
                    download.system(),
                    download.version()))
        .sorted((a, b) -> String.join("\1", a).compareTo(String.join("\1", b)))
        .toList();
  }

  static List<Download> downloads(long seed, int count) {
    Random random = new Random(seed);
    List<String> systems = Arrays.asList("Linux", "Darwin", "");
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Download.of(
                        LocalDate.of(2024, 8, 1).plusDays(random.nextInt(60)),
                        "project-" + random.nextInt(20),
                        random.nextInt(4) + ".0")
                    .withCountry(random.nextBoolean() ? "DE" : "US")
                    .withFileType(random.nextBoolean() ? "sdist" : "bdist_wheel")
                    .withInstaller(random.nextBoolean() ? "pip" : "uv")
                    .withPython("3." + random.nextInt(4))
                    .withSystem(systems.get(random.nextInt(3))))
        .toList();
  }
}
