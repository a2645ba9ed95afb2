package io.clickpy.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.RetryPolicy;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.CuttingProxy;
import io.clickpy.ingest.Download;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.ExportFile;
import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.LoadReport;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.Tables;
import io.clickpy.ingest.internal.transfer.DownloadFile;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loaders that die or meet at the worst moments. */
class PublicationIT {
  private static final int ROWS = 100;

  @TempDir Path folder;
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private final LoadLedger ledger = new LoadLedger(clickpy);
  private final Parallel parallel = new Parallel();
  private final Publication publication = new Publication(clickpy, ledger, parallel);
  private Path path;
  private SourceFile file;

  @BeforeEach
  void createTablesAndFile() throws IOException {
    Tables.create(clickpy);
    ledger.create();
    path =
        ExportFile.with()
            .write(
                folder.resolve("a.parquet"),
                Collections.nCopies(ROWS, Download.of("2024-08-12T10:00:00Z", "pandas")));
    file = ParquetSource.local(path).list().get(0);
  }

  @AfterEach
  void dropTables() {
    parallel.close();
    TestServer.dropAndClose(clickpy);
  }

  /** The loader has the claim and has moved so many tables; then nothing of it is left. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 15})
  void theNextLoadCompletesWhatADeadLoaderHasClaimed(int moved) {
    Attempt dead = stage();
    claim(dead);
    Staging.pairs(dead).stream().limit(moved).forEach(this::move);

    LoadReport report = ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load();

    assertThat(report.skipped()).hasSize(1);
    assertCountedOnce();
  }

  @Test
  void theNextLoadTidiesUpAfterALoaderThatDiedBehindTheLedger() {
    Attempt dead = stage();
    claim(dead);
    Staging.pairs(dead).forEach(this::move);
    ledger.loaded(dead);

    assertThat(ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load().skipped())
        .hasSize(1);
    assertCountedOnce();
  }

  @Test
  void whatADeadLoaderOnlyStagedIsLoadedAnew() {
    Attempt dead = stage();

    LoadReport report = ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load();

    assertThat(report.loaded()).hasSize(1);
    assertThat(Tables.count(clickpy)).isEqualTo(ROWS);
    Tables.assertRollupsEqualRaw(clickpy);
    Staging.discard(clickpy, dead);
  }

  @Test
  void ofTwoAttemptsStagedAtOnceOneIsPublished() {
    Attempt first = stage();
    Attempt second = stage();

    assertThat(publication.publish(first)).isTrue();
    assertThat(publication.publish(second)).isFalse();
    assertCountedOnce();
  }

  @Test
  void anAttemptCompletesTheClaimOfAnother() {
    Attempt claimed = stage();
    Attempt late = stage();
    claim(claimed);
    Staging.pairs(claimed).stream().limit(3).forEach(this::move);

    assertThat(publication.publish(late)).isFalse();
    assertCountedOnce();
  }

  /** Without the claim nobody would complete what the second break leaves half published. */
  @Test
  void nothingIsPublishedWithoutTheClaim() {
    try (CuttingProxy proxy = CuttingProxy.to(TestServer.config().build().endpoint());
        ClickPy through = connect(proxy)) {
      proxy.loseRequests("CREATE TABLE clickpy_claim_", 1);
      proxy.loseRequests(" TO TABLE pypi_downloads_per_month", Integer.MAX_VALUE);
      LoadReport broken = ParquetLoader.into(through).from(ParquetSource.local(path)).load();

      assertThat(broken.failed())
          .singleElement()
          .satisfies(
              failed -> {
                // A move may be repeated, so that the lost connection is what remains to be told.
                assertThat(failed.code()).isEqualTo(ErrorCode.CONNECTION);
                assertThat(failed.reason())
                    .startsWith("It is published in part; the next load completes it (")
                    .contains("Check that the server runs");
                assertThat(failed.error().queryId().orElseThrow()).startsWith("move-");
              });
    }
    assertThat(ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load().skipped())
        .hasSize(1);
    assertCountedOnce();
  }

  /** Whatever became of the claim, the loader looks, and then publishes with it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClaimWhoseEndIsUnknownIsLookedAfter(boolean tookEffect) {
    try (CuttingProxy proxy = CuttingProxy.to(TestServer.config().build().endpoint());
        ClickPy through = connect(proxy)) {
      if (tookEffect) {
        proxy.loseAnswers("CREATE TABLE clickpy_claim_", 1);
      } else {
        proxy.loseRequests("CREATE TABLE clickpy_claim_", 3);
      }
      LoadReport report = ParquetLoader.into(through).from(ParquetSource.local(path)).load();

      assertThat(report.throwIfFailed().loaded()).hasSize(1);
      assertThat(proxy.isDone()).isTrue();
    }
    assertCountedOnce();
  }

  /** Releases may count units in another way; what tells a file's content from another stays. */
  @Test
  void aFileLoadedAsAnotherUnitIsTheSameFile() {
    Command.of(
            "INSERT INTO clickpy_loads SELECT {uri:String}, 'another', 'a', 'LOADED', {tag:String},"
                + " 1, 1, 0, now64(3)")
        .bind("uri", file.uri().toString())
        .bind("tag", file.contentTag())
        .execute(clickpy);

    assertThat(ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load().skipped())
        .hasSize(1);
    Tables.assertNothingLoaded(clickpy);
  }

  @Test
  void aRollupThatIsNotStagedAnyMoreStopsNothing() {
    Attempt dead = stage();
    claim(dead);
    Staging.Pair gone = Staging.pairs(dead).get(4);
    move(gone);
    Command.of("DROP TABLE " + gone.staged().name()).execute(clickpy);

    assertThat(ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load().skipped())
        .hasSize(1);
    assertCountedOnce();
  }

  @Test
  void aClaimThatCannotBeCompletedHoldsUpItsOwnFileOnly() {
    Attempt dead = stage();
    claim(dead);
    String raw = dead.tables().downloads().name();
    Command.of("DROP TABLE " + raw).execute(clickpy);
    ExportFile.with()
        .write(folder.resolve("b.parquet"), List.of(Download.of("2024-08-12T10:00:00Z", "boto3")));
    ParquetLoader loader = ParquetLoader.into(clickpy).from(ParquetSource.local(folder));

    LoadReport report = loader.load();
    assertThat(report.loaded()).hasSize(1);
    assertThat(report.failed())
        .singleElement()
        .extracting(FileResult.Failed::reason)
        .isEqualTo(
            "Cannot complete the claim clickpy_claim_%1$s (%2$s was dropped). Only if no table has rows of this file: DROP TABLE clickpy_claim_%1$s, and load it again."
                .formatted(dead.unit(), raw));
    assertThat(Tables.count(clickpy)).isEqualTo(1);

    Command.of("DROP TABLE clickpy_claim_" + dead.unit()).execute(clickpy);
    assertThat(loader.load().loaded()).hasSize(1);
    assertThat(Tables.count(clickpy)).isEqualTo(ROWS + 1);
    Tables.assertRollupsEqualRaw(clickpy);
    Staging.discard(clickpy, dead);
    Tables.assertNothingStaged(clickpy);
  }

  private ClickPy connect(CuttingProxy proxy) {
    return ClickPy.connect(
        ClickPyConfig.builder(proxy.endpoint())
            .credentials(TestServer.config().build().credentials())
            .database(clickpy.database().value())
            .retries(RetryPolicy.none())
            .build());
  }

  @Test
  void manyPublishersOfOneAttemptMoveItOnce() throws Exception {
    int threads = 6;
    for (int round = 0; round < 3; round++) {
      Command.of("TRUNCATE TABLE clickpy_loads").execute(clickpy);
      long before = Tables.count(clickpy);
      Attempt attempt = stage();
      claim(attempt);
      inParallel(threads, publication::recover);
      assertThat(Tables.count(clickpy)).isEqualTo(before + ROWS);
      Tables.assertRollupsEqualRaw(clickpy);
      Tables.assertNothingStaged(clickpy);
    }
  }

  @Test
  void manyLoadersOfTheSameFilesCountThemOnce() throws Exception {
    List<Path> paths = new ArrayList<>(List.of(path));
    for (int i = 0; i < 3; i++) {
      Download download = Download.of("2024-08-12T10:00:00Z", "project-" + i);
      paths.add(
          ExportFile.with()
              .write(folder.resolve(i + ".parquet"), Collections.nCopies(ROWS, download)));
    }
    List<LoadReport> reports = Collections.synchronizedList(new ArrayList<>());
    inParallel(
        3, () -> reports.add(ParquetLoader.into(clickpy).from(ParquetSource.local(folder)).load()));

    assertThat(reports).flatExtracting(LoadReport::failed).isEmpty();
    assertThat(reports).flatExtracting(LoadReport::loaded).hasSize(paths.size());
    assertThat(Tables.count(clickpy)).isEqualTo((long) ROWS * paths.size());
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @Test
  void aRollupThatSaysSomethingElseIsNotPublished() {
    Attempt attempt = stage();
    Staging staging = Staging.of(clickpy, attempt);
    String coarse = staging.levels().get(1).get(0).name();
    Command.of("TRUNCATE TABLE " + coarse).execute(clickpy);

    assertThatThrownBy(() -> staging.verify(ROWS))
        .hasMessage(
            "Its footer promises 100 downloads, the server found 0 (in %s). Export it again."
                .formatted(coarse));
  }

  private Attempt stage() {
    LoadUnit unit = LoadUnit.of(file);
    Attempt attempt = Attempt.start(unit);
    Staging staging = Staging.create(clickpy, attempt);
    staging.insert(
        DownloadFile.open(file, DownloadColumns.ofDefaults(), RowFilter.NONE),
        StagingMode.AUTO,
        share -> {});
    staging.levels().forEach(level -> level.forEach(staging::derive));
    staging.verify(ROWS);
    ledger.staged(unit, attempt, ROWS, Map.of());
    return attempt;
  }

  /** What a loader does first of all when it publishes. */
  private void claim(Attempt attempt) {
    Command.of(
            "CREATE TABLE clickpy_claim_%s (unit String) ENGINE = Memory COMMENT '%s'"
                .formatted(attempt.unit(), attempt.id()))
        .execute(clickpy);
  }

  private void move(Staging.Pair pair) {
    Command.of(
            "ALTER TABLE %s MOVE PARTITION tuple() TO TABLE %s"
                .formatted(pair.staged().name(), pair.live().name()))
        .execute(clickpy);
  }

  private void assertCountedOnce() {
    assertThat(Tables.count(clickpy)).isEqualTo(ROWS);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  private static void inParallel(int threads, Runnable task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  task.run();
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
