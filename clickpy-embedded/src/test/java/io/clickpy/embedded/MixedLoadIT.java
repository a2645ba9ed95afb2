package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Inserts, reads, errors, merges and broken-off queries at once: without signal chaining this kills
 * the engine's host within a minute. Lasts 15 seconds; {@code -Dclickpy.soak=PT5M} makes it five
 * minutes.
 */
@Tag("slow")
class MixedLoadIT {

  private static final Duration TIME = Duration.parse(System.getProperty("clickpy.soak", "PT15S"));
  private static final int ROWS = 20_000;

  private final AtomicLong inserts = new AtomicLong();
  private long deadline;

  @Test
  void survivesMixedLoad() throws Exception {
    try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
      Servers.ask(server, "CREATE TABLE t (k UInt64, s String) ENGINE = MergeTree ORDER BY k");
      Servers.ask(
          server,
          "CREATE MATERIALIZED VIEW v ENGINE = SummingMergeTree ORDER BY b"
              + " AS SELECT k % 100 AS b, count() AS c FROM t GROUP BY b");
      deadline = System.nanoTime() + TIME.toNanos();
      List<Callable<Long>> work =
          List.of(
              () -> repeat(() -> insert(server)),
              () -> repeat(() -> insert(server)),
              () -> repeat(() -> aggregate(server)),
              () -> repeat(() -> aggregate(server)),
              () -> repeat(() -> merge(server)),
              () -> repeat(() -> fail(server)),
              () -> repeat(() -> breakOff(server)));
      ExecutorService threads = Executors.newFixedThreadPool(work.size());
      try {
        List<Long> rounds = new ArrayList<>();
        for (Future<Long> done : threads.invokeAll(work)) {
          rounds.add(done.get());
        }
        assertThat(rounds).allSatisfy(count -> assertThat(count).isPositive());
      } finally {
        threads.shutdownNow();
      }
      String rows = Long.toString(inserts.get() * ROWS);
      assertThat(Servers.ask(server, "SELECT count() FROM t")).isEqualTo(rows);
      assertThat(Servers.ask(server, "SELECT sum(c) FROM v")).isEqualTo(rows);
    }
  }

  private long repeat(Runnable step) {
    long rounds = 0;
    do {
      step.run();
      rounds++;
    } while (System.nanoTime() - deadline < 0);
    return rounds;
  }

  private void insert(EmbeddedClickHouse server) {
    Servers.ask(
        server,
        "INSERT INTO t SELECT rand64(), repeat('x', rand() % 50) FROM numbers(" + ROWS + ")");
    inserts.incrementAndGet();
  }

  private static void aggregate(EmbeddedClickHouse server) {
    Servers.ask(
        server,
        "SELECT b, uniq(k), any(s) FROM (SELECT k % 1000 AS b, k, s FROM t) GROUP BY b"
            + " ORDER BY b LIMIT 10");
  }

  private static void merge(EmbeddedClickHouse server) {
    Servers.ask(server, "OPTIMIZE TABLE v FINAL");
  }

  private static void fail(EmbeddedClickHouse server) {
    assertThat(Servers.errorOf(server, "SELECT sum(throwIf(number = 100000)) FROM numbers(200000)"))
        .contains("FUNCTION_THROW_IF_VALUE_IS_NON_ZERO");
  }

  /** Leaves in the middle of a long answer, which cuts the connection. */
  private static void breakOff(EmbeddedClickHouse server) {
    CompletableFuture<HttpResponse<Void>> answer =
        HttpClient.newHttpClient()
            .sendAsync(
                Servers.request(server.endpoint(), "SELECT * FROM system.numbers"),
                HttpResponse.BodyHandlers.discarding());
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(20, 200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answer.cancel(true);
  }
}
