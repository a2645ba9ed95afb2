package io.clickpy.query.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Insert;
import io.clickpy.core.QueryException;
import io.clickpy.core.QueryResult;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.query.DailyDownloads;
import io.clickpy.query.DownloadsPerDay;
import io.clickpy.query.GeneratedDownloads;
import io.clickpy.query.ListQuery;
import io.clickpy.query.ProjectDownloads;
import io.clickpy.query.PypiStats;
import io.clickpy.query.TotalDownloads;
import io.clickpy.query.VersionDownloads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers are kept as long as the data is the same, and no longer. */
@Tag("slow")
class QueryCacheIT {
  private static final TotalDownloads TOTAL = PypiStats.totalDownloads("pandas");

  private final List<String> tablesAsked = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger checks = new AtomicInteger();
  private ClickPy clickpy;
  private QueryCache cache;

  @BeforeEach
  void load() {
    clickpy =
        ClickPy.connect(
            TestServer.config()
                .listener(
                    start -> {
                      start.table().ifPresent(tablesAsked::add);
                      if (start.sql().contains("system.tables")
                          && start.sql().contains("newest_day")) {
                        checks.incrementAndGet();
                      }
                      return end -> {};
                    })
                .build());
    SchemaMigrator.of(clickpy).migrate();
    insert(LocalDate.of(2024, 8, 20), 1_000);
    tablesAsked.clear();
    cache = QueryCache.of(clickpy);
  }

  @AfterEach
  void close() {
    TestServer.dropAndClose(clickpy);
  }

  private void insert(LocalDate day, int rows) {
    String row = day + "\tpandas\t1.0\n";
    Insert.into(
            "pypi (date, project, version)",
            "TabSeparated",
            out -> out.write(row.repeat(rows).getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);
  }

  @Test
  void aQuestionIsAskedOnce() {
    QueryResult<VersionDownloads> first = cache.fetch(PypiStats.topVersions("pandas"));

    assertThat(cache.fetch(PypiStats.topVersions("Pandas"))).isSameAs(first);
    assertThat(cache.fetch(PypiStats.topVersions("pandas").top(3))).isEqualTo(first);

    assertThat(tablesAsked).hasSize(2);
    assertThat(cache.statistics()).isEqualTo(new QueryCacheStatistics(1, 2, 2));
  }

  @Test
  void anEmptyAnswerIsKeptToo() {
    assertThat(cache.fetch(PypiStats.totalDownloads("no-such-project"))).isEmpty();
    assertThat(cache.fetch(PypiStats.totalDownloads("no-such-project"))).isEmpty();

    assertThat(tablesAsked).hasSize(1);
  }

  @Test
  void moreDownloadsMakeAnotherAnswer() {
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_000));
    insert(LocalDate.of(2024, 8, 1), 1);
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_001));
    insert(LocalDate.of(2024, 8, 21), 1);
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_002));
    assertThat(cache.statistics().answers()).isEqualTo(1);
  }

  @Test
  void aTableThatChangesAloneMakesAnotherAnswer() {
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_000));
    Command.of("INSERT INTO pypi_downloads SELECT 'pandas', 500").execute(clickpy);
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_500));
  }

  @Test
  void aTableThatTakesTheOthersPlaceMakesAnotherAnswer() {
    Command.of("OPTIMIZE TABLE pypi_downloads FINAL").execute(clickpy);
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_000));
    Command.of("CREATE TABLE other AS pypi_downloads").execute(clickpy);
    Command.of("INSERT INTO other SELECT 'pandas', 7").execute(clickpy);
    Command.of("EXCHANGE TABLES other AND pypi_downloads").execute(clickpy);
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 7));
  }

  @Test
  void aMergeChangesNothing() {
    insert(LocalDate.of(2024, 8, 1), 1);
    assertThat(cache.fetch(TOTAL)).isPresent();
    tablesAsked.clear();

    for (Rollup rollup : PypiSchema.ofDefaults().rollups()) {
      Command.of("OPTIMIZE TABLE " + rollup.name() + " FINAL").execute(clickpy);
    }
    Command.of("OPTIMIZE TABLE pypi FINAL").execute(clickpy);

    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_001));
    assertThat(tablesAsked).isEmpty();
  }

  @Test
  void aDatabaseThatIsEmptiedHasNoAnswers() {
    assertThat(cache.fetch(TOTAL)).isPresent();
    Command.of("TRUNCATE TABLE pypi_downloads").execute(clickpy);
    assertThat(cache.fetch(TOTAL)).isEmpty();
  }

  @Test
  void theDataCountsAsUnchangedForAsLongAsSaid() {
    QueryCache rarely = QueryCache.builder(clickpy).checkEvery(Duration.ofHours(1)).build();

    assertThat(rarely.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_000));
    insert(LocalDate.of(2024, 8, 1), 1);
    assertThat(rarely.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_000));
    assertThat(checks).hasValue(1);

    rarely.clear();
    assertThat(rarely.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_001));
  }

  @Test
  void whatFailsIsNotKept() {
    Command.of("RENAME TABLE pypi_downloads TO away").execute(clickpy);
    assertThatThrownBy(() -> cache.fetch(TOTAL)).isInstanceOf(QueryException.class);
    Command.of("RENAME TABLE away TO pypi_downloads").execute(clickpy);

    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_000));
    assertThat(cache.statistics().answers()).isEqualTo(1);
  }

  @Test
  void itHoldsNoMoreRowsThanItMay() throws Exception {
    QueryCache small = QueryCache.builder(clickpy).maxRows(10).build();
    String versions =
        IntStream.range(0, 50)
            .mapToObj(i -> "2024-08-20\tpandas\t2." + i + "\n")
            .collect(Collectors.joining());
    Insert.into(
            "pypi (date, project, version)",
            "TabSeparated",
            out -> out.write(versions.getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);

    assertThat(small.fetch(PypiStats.topVersions("pandas").top(40))).hasSize(40);
    for (int i = 1; i <= 30; i++) {
      assertThat(small.fetch(PypiStats.topVersions("pandas").top(1).lastDays(i))).hasSize(1);
    }
    // It forgets in the background.
    while (small.statistics().answers() > 10) {
      Thread.sleep(10);
    }
  }

  @Test
  void threadsThatAskTheSameWaitForOneQuery() throws Exception {
    int threads = 32;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<QueryResult<VersionDownloads>>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(executor.submit(() -> cache.fetch(PypiStats.topVersions("pandas"))));
      }
      QueryResult<VersionDownloads> first = answers.get(0).get();
      for (Future<QueryResult<VersionDownloads>> answer : answers) {
        assertThat(answer.get()).isSameAs(first);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(tablesAsked).hasSize(1);
  }

  @Test
  void anAnswerHoldsAllThatWasLoadedBeforeItWasAskedFor() throws Exception {
    AtomicLong loaded = new AtomicLong(1_000);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            executor.submit(
                () -> {
                  while (loaded.get() < 1_030) {
                    long before = loaded.get();
                    assertThat(cache.fetch(TOTAL).orElseThrow().count())
                        .isGreaterThanOrEqualTo(before);
                    assertThat(days(cache.fetch(PypiStats.downloadsPerDay("pandas"))))
                        .isGreaterThanOrEqualTo(before);
                  }
                }));
      }
      for (int i = 0; i < 30; i++) {
        insert(LocalDate.of(2024, 7, 1).plusDays(i), 1);
        loaded.incrementAndGet();
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(cache.fetch(TOTAL)).contains(new ProjectDownloads("pandas", 1_030));
  }

  private static long days(QueryResult<DailyDownloads> days) {
    return days.stream().mapToLong(DailyDownloads::count).sum();
  }

  @Test
  void noQuestionGetsTheAnswerOfAnother() {
    GeneratedDownloads.loadDownloads(clickpy, PypiSchema.ofDefaults(), new Random(11));
    List<ListQuery<?>> questions = new ArrayList<>();
    for (String project : GeneratedDownloads.PROJECTS) {
      DownloadsPerDay days = PypiStats.downloadsPerDay(project);
      questions.add(days);
      questions.add(days.fillGaps());
      questions.add(days.lastDays(3));
      questions.add(days.lastDays(4).fillGaps());
      questions.add(PypiStats.downloadsOverTime(project));
      questions.add(PypiStats.downloadsByPython(project));
      questions.add(PypiStats.downloadsByPythonMajor(project));
      questions.add(PypiStats.downloadsByPython(project).overTime());
      questions.add(PypiStats.downloadsByInstaller(project));
      questions.add(PypiStats.fileTypesByInstaller(project));
      questions.add(PypiStats.topVersions(project));
      questions.add(PypiStats.downloadsByVersion(project));
      questions.add(PypiStats.downloadsByVersion(project).top(3));
    }
    for (int round = 0; round < 2; round++) {
      for (ListQuery<?> question : questions) {
        assertThat(cache.fetch(question)).as(question.sql()).isEqualTo(question.fetch(clickpy));
      }
    }
    assertThat(cache.statistics().hits()).isEqualTo(questions.size());
  }

  @Test
  void whoIsInterruptedDoesNotStopTheQueryOfOthers() throws Exception {
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                QueryCache checked =
                    QueryCache.builder(clickpy).checkEvery(Duration.ofHours(1)).build();
                seen.completeExceptionally(new AssertionError(checked.fetch(TOTAL)));
              } catch (RuntimeException e) {
                seen.complete(e);
              }
            });
    thread.start();
    assertThat(seen.get()).hasMessage("The thread was interrupted while it waited.");
    assertThat(cache.fetch(TOTAL)).isPresent();
  }
}
