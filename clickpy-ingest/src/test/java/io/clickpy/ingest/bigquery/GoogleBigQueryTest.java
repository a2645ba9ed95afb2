package io.clickpy.ingest.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.ingest.BigQueryExport;
import io.clickpy.ingest.BigQueryRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Google's own client, over HTTP; what BigQuery itself does with a statement is not tested. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class GoogleBigQueryTest {
  private static final BigQueryExport EXPORT = BigQueryExport.to("gs://my-bucket/a");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch held = new CountDownLatch(1);
  private final Statements statements = new Statements();
  private final FakeBigQuery bigQuery = FakeBigQuery.start(statements);
  private final BigQueryRunner runner = GoogleBigQuery.of(bigQuery.client(PATIENCE));

  @AfterEach
  void stop() {
    held.countDown();
    bigQuery.close();
  }

  @Test
  void anExportIsAJobAndTellsItsRows() throws Exception {
    assertThat(runner.export(EXPORT.sql())).hasValue(4_711);

    assertThat(statements.seen).containsExactly(EXPORT.sql());
    assertThat(bigQuery.requests()).containsExactly("POST /bigquery/v2/projects/my-project/jobs");
  }

  @Test
  void anExportThatDoesNotTellItsRowsIsAnExport() throws Exception {
    statements.rows = OptionalLong.empty();

    assertThat(runner.export(EXPORT.sql())).isEmpty();
  }

  @Test
  void aCountIsTheOnlyNumberOfItsAnswer() throws Exception {
    assertThat(runner.count(EXPORT.countSql())).isEqualTo(2_039_988_137L);
    assertThat(statements.seen).containsExactly(EXPORT.countSql());
  }

  @Test
  void aJobIsAskedForUntilItIsDone() throws Exception {
    bigQuery.running(2);

    assertThat(runner.export(EXPORT.sql())).hasValue(4_711);
    assertThat(bigQuery.requests())
        .hasSize(3)
        .last()
        .asString()
        .matches("GET /bigquery/v2/projects/my-project/jobs/clickpy-[0-9a-f-]{36}");
  }

  @Test
  void aJobThatFailsSaysWhy() {
    statements.failing = true;
    bigQuery.running(1);

    for (String sql : List.of(EXPORT.sql(), EXPORT.countSql())) {
      assertThatThrownBy(() -> run(sql))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("job clickpy-[0-9a-f-]{36}: no such column");
    }
    assertThat(bigQuery.isCancelled()).isFalse();
  }

  @Test
  void whatIsRefusedSaysWhy() {
    bigQuery.then(403);

    assertThatThrownBy(() -> runner.export(EXPORT.sql()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a fault");
    assertThat(statements.seen).isEmpty();
  }

  @Test
  void whatMayPassIsTriedAgain() throws Exception {
    bigQuery.running(1).then(503).then(502);

    assertThat(runner.export(EXPORT.sql())).hasValue(4_711);
    bigQuery.running(0).then(503).then(500);
    assertThat(runner.count(EXPORT.countSql())).isEqualTo(2_039_988_137L);
    assertThat(statements.seen).containsExactly(EXPORT.sql(), EXPORT.countSql());
  }

  /** Two exports into one folder would count twice. */
  @Test
  void aJobWhoseBeginningIsNotHeardOfIsNotBegunAgain() throws Exception {
    bigQuery.thenDoAndAnswer(503);

    assertThat(runner.export(EXPORT.sql())).hasValue(4_711);
    assertThat(statements.seen).containsExactly(EXPORT.sql());
  }

  @Test
  void aJobThatCannotBeAskedForAnyMoreIsCancelled() {
    bigQuery.running(1_000);
    statements.whenRun = () -> bigQuery.then(503, 5);

    assertThatThrownBy(() -> runner.export(EXPORT.sql()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a fault");
    assertThat(bigQuery.isCancelled()).isTrue();
  }

  @Test
  void aJobThatVanishesIsMissed() {
    bigQuery.running(1_000);
    statements.whenRun = () -> bigQuery.then(404, 1);

    assertThatThrownBy(() -> runner.export(EXPORT.sql()))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("job clickpy-[0-9a-f-]{36} has vanished");
  }

  @Test
  void anInterruptBetweenRequestsCancelsTheJob() throws Exception {
    bigQuery.running(1_000);
    FutureTask<OptionalLong> export = export();
    Thread waiting = start(export);
    waitForRequests(2);
    waiting.interrupt();

    assertThatThrownBy(export::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(bigQuery.isCancelled()).isTrue();
  }

  /** Google's client would take it for a failure. */
  @Test
  void anInterruptWithinARequestCancelsTheJob() throws Exception {
    bigQuery.running(1_000).thenWaitFor(held);
    FutureTask<OptionalLong> export = export();
    Thread waiting = start(export);
    waitForRequests(1);
    waiting.interrupt();
    held.countDown();

    assertThatThrownBy(export::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(bigQuery.isCancelled()).isTrue();
  }

  /** Google's client would take it for an interrupt. */
  @Test
  void anAnswerThatDoesNotComeIsAFailure() {
    bigQuery.running(1_000);
    statements.whenRun = () -> bigQuery.thenWaitFor(held);
    BigQueryRunner impatient = GoogleBigQuery.of(bigQuery.client(Duration.ofMillis(500)));

    assertThatThrownBy(() -> impatient.export(EXPORT.sql())).isInstanceOf(IOException.class);
    assertThat(bigQuery.isCancelled()).isTrue();
  }

  private FutureTask<OptionalLong> export() {
    return new FutureTask<>(() -> runner.export(EXPORT.sql()));
  }

  private void waitForRequests(int count) throws InterruptedException {
    while (bigQuery.requests().size() < count) {
      Thread.sleep(10);
    }
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "waiting");
    thread.start();
    return thread;
  }

  private void run(String sql) throws IOException, InterruptedException {
    if (sql.startsWith("EXPORT")) {
      assertThat(runner.export(sql)).isEmpty();
    } else {
      assertThat(runner.count(sql)).isZero();
    }
  }

  /** What BigQuery would do. */
  private static final class Statements implements BigQueryRunner {
    final List<String> seen = new CopyOnWriteArrayList<>();
    volatile OptionalLong rows = OptionalLong.of(4_711);
    volatile boolean failing;
    volatile Runnable whenRun = () -> {};

    @Override
    public OptionalLong export(String sql) throws IOException {
      run(sql);
      return rows;
    }

    @Override
    public long count(String sql) throws IOException {
      run(sql);
      return 2_039_988_137L;
    }

    private void run(String sql) throws IOException {
      seen.add(sql);
      whenRun.run();
      if (failing) {
        throw new IOException("no such column");
      }
    }
  }
}
