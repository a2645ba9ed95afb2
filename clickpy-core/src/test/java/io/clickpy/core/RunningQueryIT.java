package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queries under way: streamed, cancelled, broken off. */
class RunningQueryIT {
  private static ClickPy clickpy;

  @BeforeAll
  static void connect() {
    clickpy = TestServer.connectToEmptyDatabase();
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void aStreamGivesAllRowsInOrder() {
    AtomicLong expected = new AtomicLong();
    try (Stream<Long> rows = longs("SELECT number AS x FROM numbers(3000000)").stream(clickpy)) {
      rows.forEach(x -> assertThat((long) x).isEqualTo(expected.getAndIncrement()));
    }
    assertThat(expected).hasValue(3_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatBreaksInTheMiddleThrowsTheServersErrorAndGivesNoWrongRow(
      Compression compression) {
    ClickPyConfig config =
        ClickPyConfig.builder(clickpy.config().endpoint())
            .database(clickpy.database().value())
            .compression(compression)
            .build();
    List<Long> seen = new ArrayList<>();
    Query<Long> breaking =
        longs(
            "SELECT number + throwIf(number = 1000000) AS x FROM numbers(2000000)"
                + " SETTINGS max_block_size = 10000");

    assertThatThrownBy(
            () -> {
              try (ClickPy compressing = ClickPy.connect(config);
                  Stream<Long> rows = breaking.stream(compressing)) {
                rows.forEach(seen::add);
              }
            })
        .satisfies(
            e -> {
              if (compression == Compression.NONE) {
                assertThat(((QueryException) e).serverCode()).isEqualTo(395);
                assertThat(e).hasMessageContaining("throwIf");
              } else {
                assertThat(e).isInstanceOf(ConnectionException.class);
              }
            });
    assertThat(seen)
        .isEqualTo(LongStream.range(0, seen.size()).boxed().toList())
        .hasSizeLessThanOrEqualTo(1_000_000);
  }

  @Test
  void aStreamClosedEarlyStopsItsQuery() throws Exception {
    String marker = "/* stream closed early */";
    try (Stream<Long> rows =
        longs("SELECT number AS x FROM system.numbers " + marker).stream(clickpy)) {
      Iterator<Long> iterator = rows.iterator();
      assertThat(iterator.next()).isZero();
      assertThat(iterator.next()).isEqualTo(1L);
    }
    awaitEnd(marker);
  }

  @Test
  void aCancelledFetchStopsItsQuery() throws Exception {
    String marker = "/* cancelled fetch */";
    CompletableFuture<QueryResult<Long>> future =
        longs("SELECT max(number) AS x FROM system.numbers " + marker).fetchAsync(clickpy);
    while (running(marker) == 0) {
      Thread.sleep(10);
    }

    assertThat(future.cancel(true)).isTrue();

    assertThat(future).isCancelled();
    awaitEnd(marker);
  }

  @Test
  void aFetchCancelledAtOnceLeavesNothingRunning() throws Exception {
    String marker = "/* cancelled at once */";
    for (int i = 0; i < 20; i++) {
      longs("SELECT max(number) AS x FROM system.numbers " + marker)
          .fetchAsync(clickpy)
          .cancel(true);
    }
    // The queries that had left before they were cancelled end soon: nothing restarts them.
    Thread.sleep(500);
    awaitEnd(marker);
  }

  @Test
  void aFetchThatTimesOutStopsItsQuery() throws Exception {
    String marker = "/* fetch with a timeout */";
    CompletableFuture<QueryResult<Long>> future =
        longs("SELECT max(number) AS x FROM system.numbers " + marker).fetchAsync(clickpy);
    while (running(marker) == 0) {
      Thread.sleep(10);
    }

    assertThatThrownBy(() -> future.orTimeout(1, TimeUnit.MILLISECONDS).get())
        .hasCauseInstanceOf(TimeoutException.class);
    awaitEnd(marker);
  }

  @Test
  void aMapperThatReturnsNullIsAnErrorAndNotTheEnd() {
    Query<Long> query =
        Query.of(
            "SELECT number AS x FROM numbers(3)",
            row -> row.longValue("x") == 1 ? null : row.longValue("x"));

    assertThatThrownBy(() -> query.fetch(clickpy))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the mapper returned null for a row");
    assertThatThrownBy(
            () -> {
              try (Stream<Long> rows = query.stream(clickpy)) {
                rows.forEach(row -> {});
              }
            })
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void aStreamWhoseMapperThrowsStopsItsQuery() throws Exception {
    String marker = "/* mapper throws */";
    Query<Long> query =
        Query.of(
            "SELECT number AS x FROM system.numbers " + marker,
            row -> {
              throw new IllegalStateException("of the mapper");
            });

    assertThatThrownBy(
            () -> {
              try (Stream<Long> rows = query.stream(clickpy)) {
                rows.forEach(row -> {});
              }
            })
        .hasMessage("of the mapper");
    awaitEnd(marker);
  }

  @Test
  void aFailedBackgroundFetchCompletesWithOurError() {
    CompletableFuture<QueryResult<Long>> future = longs("SELECT nonsense AS x").fetchAsync(clickpy);

    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(QueryException.class);
  }

  private static Query<Long> longs(String sql) {
    return Query.of(sql, row -> row.longValue("x"));
  }

  private static void awaitEnd(String marker) throws InterruptedException {
    while (running(marker) > 0) {
      Thread.sleep(10);
    }
  }

  private static long running(String marker) {
    return longs(
            "SELECT count() AS x FROM system.processes"
                + " WHERE position(query, {marker:String}) > 0 AND query NOT LIKE '%system.processes%'")
        .bind("marker", marker)
        .fetch(clickpy)
        .get(0);
  }
}
