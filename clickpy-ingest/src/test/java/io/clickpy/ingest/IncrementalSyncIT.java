package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.DateRange;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.ingest.bigquery.FakeBigQuery;
import io.clickpy.ingest.bigquery.GoogleBigQuery;
import io.clickpy.ingest.ledger.MemoryLedger;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalSyncIT {
  private static final LocalDate FIRST = LocalDate.of(2024, 8, 1);

  @TempDir Path bucket;
  private final ClickPy clickpy = TestServer.connect();
  private final StandIn bigQuery = new StandIn();

  @BeforeEach
  void migrate() {
    SchemaMigrator.of(clickpy).migrate();
  }

  @AfterEach
  void drop() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void eachRunLoadsTheHoursThatHaveSettled() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 12);
    assertThat(sync("2024-08-01T03:59:59Z").loaded()).isEmpty();

    MemoryLedger ledger = new MemoryLedger();
    SyncReport first = at("2024-08-01T05:30:00Z", job().startingOn(FIRST).ledger(ledger)).sync();
    assertThat(ledger.newestTurn()).isPositive();
    assertThat(first.loaded())
        .containsExactly(window("2024-08-01T00:00:00Z", "2024-08-01T02:00:00Z", 12));
    assertThat(sync("2024-08-01T05:59:59Z").loaded()).isEmpty();
    assertThat(sync("2024-08-01T06:00:00Z").loaded())
        .containsExactly(window("2024-08-01T02:00:00Z", "2024-08-01T03:00:00Z", 0));
    assertLoaded();
  }

  @Test
  void afterDaysOfSilenceItLoadsDayByDay() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 6 * 24 * 3);

    SyncReport report = sync("2024-08-03T15:00:00Z");
    assertThat(report.loaded())
        .containsExactly(
            window("2024-08-01T00:00:00Z", "2024-08-02T00:00:00Z", 144),
            window("2024-08-02T00:00:00Z", "2024-08-03T00:00:00Z", 144),
            window("2024-08-03T00:00:00Z", "2024-08-03T12:00:00Z", 72));
    assertThat(report.rows()).isEqualTo(360);
    assertThat(report.changed()).isEmpty();
  }

  @Test
  void withoutAStartItGoesOnBehindTheNewestDayLoaded() {
    Command.of("INSERT INTO pypi (date, project) VALUES ('2024-08-01', 'pandas')").execute(clickpy);
    bigQuery.addEveryTenMinutes("2024-08-02T00:00:00Z", 6);

    assertThat(at("2024-08-02T04:00:00Z", job()).sync().loaded())
        .containsExactly(window("2024-08-02T00:00:00Z", "2024-08-02T01:00:00Z", 6));
  }

  @Test
  void whereNothingIsLoadedItHasToBeTold() {
    assertThatThrownBy(() -> at("2024-08-02T04:00:00Z", job()).sync())
        .isInstanceOf(ClickPyException.class)
        .hasMessage("Cannot tell where to begin (nothing is loaded). Say it: startingOn(day).");
  }

  @Test
  void aDayThatGetsRowsLaterIsReportedWhenTheNextBegins() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 144);
    bigQuery.addEveryTenMinutes("2024-08-02T00:00:00Z", 12);
    assertThat(sync("2024-08-02T03:30:00Z").changed()).isEmpty();
    bigQuery.add("2024-08-01T23:59:00Z");

    assertThat(sync("2024-08-02T04:30:00Z").changed())
        .containsExactly(new SyncReport.ChangedDay(FIRST, 144, 145));
    assertThat(sync("2024-08-02T05:30:00Z").changed()).as("not every hour").isEmpty();
    assertThat(sync("2024-08-03T04:30:00Z").changed())
        .as("once more, with the day before")
        .containsExactly(new SyncReport.ChangedDay(FIRST, 144, 145));
    assertThat(Tables.count(clickpy)).isEqualTo(144 + 12);
  }

  @Test
  void completenessKnowsHowFarItHasCome() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 144);
    bigQuery.addEveryTenMinutes("2024-08-02T00:00:00Z", 144);
    Completeness completeness =
        Completeness.of(clickpy).between(DateRange.of(FIRST, FIRST.plusDays(2)));
    sync("2024-08-02T08:00:00Z");

    assertThat(completeness.report().days())
        .extracting(DayStatus::state, DayStatus::reasons)
        .containsExactly(
            tuple(DayState.WHOLE, List.of()),
            tuple(DayState.PARTIAL, List.of("It is synchronized for 5 of 24 hours.")),
            tuple(
                DayState.MISSING,
                List.of("It has no downloads.", "It is synchronized for 0 of 24 hours.")));
    sync("2024-08-03T03:00:00Z");
    assertThat(completeness.report().newestWholeDay())
        .as("the newest day, and known to be over")
        .contains(FIRST.plusDays(1));
  }

  @Test
  void completenessKnowsWhatHasChangedInBigQuery() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 144);
    bigQuery.addEveryTenMinutes("2024-08-02T00:00:00Z", 12);
    sync("2024-08-02T03:30:00Z");
    bigQuery.add("2024-08-01T23:59:00Z");
    Completeness completeness = Completeness.of(clickpy).between(DateRange.of(FIRST, FIRST));
    assertThat(completeness.report().isWhole()).as("nobody has looked yet").isTrue();
    assertThat(
            completeness
                .expecting(
                    ExpectedDownloads.counted(bigQuery, BigQueryExport.to("gs://bucket/any")))
                .report()
                .days())
        .containsExactly(
            new DayStatus(
                FIRST,
                DayState.STALE,
                144,
                OptionalLong.of(145),
                List.of("It has 144 downloads, and 145 are expected.")));

    sync("2024-08-02T04:30:00Z");
    String reason =
        "BigQuery had 145 rows of it when they were last compared, and 144 were loaded.";
    assertThat(completeness.report().days())
        .containsExactly(
            new DayStatus(FIRST, DayState.STALE, 144, OptionalLong.empty(), List.of(reason)));
    Command.of("INSERT INTO pypi (date, project) VALUES ('2024-08-01', 'pandas')").execute(clickpy);
    assertThat(completeness.report().isWhole()).as("somebody has mended it").isTrue();
  }

  /** Windows without rows are no arrivals, and hours tell more than days. */
  @Test
  void dataStopArrivingWhenExportsAreEmpty() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 12);
    sync("2024-08-01T12:00:00Z");
    sync("2024-08-01T13:00:00Z");
    List<Instant> heard = new ArrayList<>();
    Completeness.of(clickpy)
        .clock(fixed("2024-08-01T14:00:00Z"))
        .watch(Duration.ofHours(1), silence -> heard.add(silence.since()))
        .run();
    assertThat(heard).containsExactly(Instant.parse("2024-08-01T09:00:00Z"));
  }

  @Test
  void anExportThatFailsIsMadeAgainInAFolderOfItsOwn() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 12);
    bigQuery.failing = 1;
    assertThatThrownBy(() -> sync("2024-08-01T06:00:00Z"))
        .isInstanceOf(ClickPyException.class)
        .hasMessage("Cannot export in BigQuery (half of it was written). The next run tries again.")
        .returns(true, e -> ((ClickPyException) e).isRetryable());

    assertThat(sync("2024-08-01T06:00:00Z").rows()).isEqualTo(12);
    assertThat(bigQuery.folders).hasSize(2).doesNotHaveDuplicates();
    assertLoaded();
  }

  /** It dies when one of the files is loaded; the others come by the next run, of another hour. */
  @Test
  void aRunThatDiesInTheMiddleOfALoadIsCompletedByTheNext() throws IOException {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 24);
    bigQuery.damaging = true;
    assertThatThrownBy(() -> sync("2024-08-01T05:00:00Z")).isInstanceOf(LoadException.class);
    assertThat(Tables.count(clickpy)).isEqualTo(6);

    bigQuery.mend();
    SyncReport report = sync("2024-08-01T07:00:00Z");
    assertThat(report.loaded())
        .containsExactly(
            window("2024-08-01T00:00:00Z", "2024-08-01T02:00:00Z", 12),
            window("2024-08-01T02:00:00Z", "2024-08-01T04:00:00Z", 12));
    assertLoaded();
  }

  @Test
  void missingFilesAreNoticed() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 12);
    bigQuery.losing = true;

    for (int run = 0; run < 2; run++) {
      assertThatThrownBy(() -> sync("2024-08-01T06:00:00Z"))
          .isInstanceOf(ClickPyException.class)
          .hasMessageMatching(
              "BigQuery exported 12 rows into gs://bucket/sync/\\S+, and its files have 6\\. Look whether files are missing there; the next run loads those that are new\\.");
    }
  }

  @Test
  void severalProgramsMayRunAtOnce() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 6 * 24 * 2);
    CompletableFuture<?>[] runs =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () ->
                            job()
                                .startingOn(FIRST)
                                // Each believes that another hour is the last.
                                .clock(fixed("2024-08-02T%02d:00:00Z".formatted(10 + i)))
                                .sync()))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(runs).join();
    sync("2024-08-03T03:00:00Z");

    assertLoaded();
    assertThat(
            Query.of(
                    "SELECT name FROM system.tables WHERE database = currentDatabase()"
                        + " AND name LIKE 'clickpy_sync_claim_%'",
                    row -> row.string("name"))
                .fetch(clickpy))
        .isEmpty();
  }

  @Test
  void runNeverThrowsAndTellsTheListener() {
    List<Object> heard = new ArrayList<>();
    SyncListener listener =
        new SyncListener() {
          @Override
          public void onSynced(SyncReport report) {
            heard.add(report.rows());
            throw new IllegalStateException("a broken listener");
          }

          @Override
          public void onFailed(ClickPyException failure) {
            heard.add(failure.code());
          }
        };
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 12);
    bigQuery.failing = 1;
    IncrementalSync job = at("2024-08-01T06:00:00Z", job().startingOn(FIRST).listener(listener));
    job.run();
    job.run();

    assertThat(heard).containsExactly(ErrorCode.CONNECTION, 12L);
    assertThatThrownBy(() -> job.settling(Duration.ofHours(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid settling time: PT-1H (must be >= 0)");
  }

  /** The same, where each statement is a job and travels over HTTP. */
  @Test
  void googlesClientIsAWayToBigQuery() {
    bigQuery.addEveryTenMinutes("2024-08-01T00:00:00Z", 150);
    try (FakeBigQuery server = FakeBigQuery.start(bigQuery)) {
      IncrementalSync job =
          job(GoogleBigQuery.of(server.client(Duration.ofMinutes(1)))).startingOn(FIRST);
      assertThat(at("2024-08-02T03:30:00Z", job).sync().loaded())
          .containsExactly(window("2024-08-01T00:00:00Z", "2024-08-02T00:00:00Z", 144));
      assertLoaded(bigQuery.rows.subList(0, 144));
      bigQuery.add("2024-08-01T23:59:00Z");

      SyncReport report = at("2024-08-02T04:30:00Z", job).sync();
      assertThat(report.rows()).isEqualTo(6);
      assertThat(report.changed()).containsExactly(new SyncReport.ChangedDay(FIRST, 144, 145));
    }
  }

  private IncrementalSync job() {
    return job(bigQuery);
  }

  private IncrementalSync job(BigQueryRunner runner) {
    return IncrementalSync.of(clickpy, BigQueryExport.to("gs://bucket/sync"), runner, this::source);
  }

  private ParquetSource source(String pattern) {
    return ParquetSource.local(local(pattern.replace("/*.parquet", "")));
  }

  private Path local(String folder) {
    return bucket.resolve(folder.substring("gs://bucket/".length()));
  }

  private SyncReport sync(String at) {
    return at(at, job().startingOn(FIRST)).sync();
  }

  private static IncrementalSync at(String at, IncrementalSync job) {
    return job.clock(fixed(at));
  }

  private static Clock fixed(String at) {
    return Clock.fixed(Instant.parse(at), ZoneOffset.UTC);
  }

  private static SyncReport.Window window(String from, String until, long rows) {
    return new SyncReport.Window(Instant.parse(from), Instant.parse(until), rows);
  }

  private void assertLoaded() {
    assertLoaded(bigQuery.rows);
  }

  private void assertLoaded(List<Download> rows) {
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(rows));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  /** BigQuery as far as a synchronization can see it: rows, statements, and files in a bucket. */
  private final class StandIn implements BigQueryRunner {
    private final List<Download> rows = new ArrayList<>();
    private final List<String> folders = new CopyOnWriteArrayList<>();
    private int failing;
    private boolean damaging;
    private boolean losing;

    void add(String timestamp) {
      rows.add(Download.of(timestamp, "pandas"));
    }

    void addEveryTenMinutes(String from, int count) {
      for (int i = 0; i < count; i++) {
        add(Instant.parse(from).plusSeconds(600L * i).toString());
      }
    }

    /** Two files for each window, as BigQuery writes many. */
    @Override
    public synchronized OptionalLong export(String sql) throws IOException {
      String folder = find("uri = '(\\S+)/\\*\\.parquet'", sql);
      folders.add(folder);
      List<Download> window = window(sql);
      Files.createDirectories(local(folder));
      int half = window.size() / 2;
      write(folder, 0, window.subList(0, half));
      if (failing-- > 0) {
        throw new IOException("half of it was written");
      }
      if (!losing) {
        write(folder, 1, window.subList(half, window.size()));
      }
      if (damaging) {
        Path file = file(folder, 1);
        Files.move(file, file.resolveSibling("whole"));
        Files.writeString(file, "damaged");
      }
      return OptionalLong.of(window.size());
    }

    void mend() throws IOException {
      damaging = false;
      try (Stream<Path> files = Files.walk(bucket)) {
        for (Path whole : files.filter(path -> path.endsWith("whole")).toList()) {
          Path file = file("gs://bucket/" + bucket.relativize(whole.getParent()), 1);
          Files.delete(file);
          Files.move(whole, file);
        }
      }
    }

    private void write(String folder, int number, List<Download> part) {
      ExportFile.with().shape(ExportFile.Shape.BIGQUERY).write(file(folder, number), part);
    }

    private Path file(String folder, int number) {
      return local(folder).resolve("00000000000%s.parquet".formatted(number));
    }

    @Override
    public synchronized long count(String sql) {
      return window(sql).size();
    }

    private List<Download> window(String sql) {
      Instant from = instant(find("timestamp >= TIMESTAMP '([^']+)'", sql));
      Instant until = instant(find("timestamp < TIMESTAMP '([^']+)'", sql));
      return rows.stream()
          .filter(row -> !row.timestamp().isBefore(from) && row.timestamp().isBefore(until))
          .toList();
    }

    private static Instant instant(String text) {
      return Instant.parse(text.replace(' ', 'T').replace("+00:00", "Z"));
    }

    private static String find(String pattern, String sql) {
      Matcher matcher = Pattern.compile(pattern).matcher(sql);
      assertThat(matcher.find()).as(sql).isTrue();
      return matcher.group(1);
    }
  }
}
