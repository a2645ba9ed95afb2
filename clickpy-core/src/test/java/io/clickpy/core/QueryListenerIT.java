package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who listens hears of each call, once, and cannot disturb it. */
class QueryListenerIT {
  private static final Query<Long> THREE_ROWS =
      Query.of("SELECT number AS x FROM numbers({n:UInt8})", row -> row.longValue("x"))
          .bind("n", 3)
          .readingFrom("numbers");

  private final Heard heard = new Heard();
  private ClickPy clickpy;

  @BeforeEach
  void connect() {
    clickpy = ClickPy.connect(configuration().listener(heard).build());
  }

  @AfterEach
  void close() {
    clickpy.close();
  }

  private static ClickPyConfig.Builder configuration() {
    return TestServer.config()
        .database("default")
        .retries(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)));
  }

  @Test
  void aFetchIsHeardWithItsRowsAndWhatItRead() {
    QueryResult<Long> result = THREE_ROWS.fetch(clickpy);

    assertThat(heard.start())
        .isEqualTo(
            new QueryStart(
                result.statistics().queryId(),
                "SELECT",
                "SELECT number AS x FROM numbers({n:UInt8})",
                Optional.of("numbers"),
                DatabaseName.of("default"),
                clickpy.config().endpoint()));
    QueryEnd end = heard.end();
    assertThat(end.queryId()).isEqualTo(result.statistics().queryId());
    assertThat(end.attempts()).isEqualTo(1);
    assertThat(end.rows()).isEqualTo(3);
    assertThat(end.statistics()).contains(result.statistics());
    assertThat(end.statistics().orElseThrow().bytesRead()).isEqualTo(24);
    assertThat(end.error()).isEmpty();
    assertThat(end.errorType()).isEmpty();
    assertThat(end.elapsed()).isPositive();
  }

  @Test
  void aFetchInTheBackgroundIsHeardToStartWhereItIsAskedFor() throws Exception {
    THREE_ROWS.fetchAsync(clickpy).get();

    assertThat(heard.startThread()).isSameAs(Thread.currentThread());
    assertThat(heard.end().rows()).isEqualTo(3);
  }

  @Test
  void aStreamEndsWhenItIsReadToItsEnd() {
    try (Stream<Long> rows = THREE_ROWS.stream(clickpy)) {
      Iterator<Long> iterator = rows.iterator();
      iterator.next();
      assertThat(heard.hasEnded()).isFalse();
      iterator.forEachRemaining(row -> {});
      assertThat(heard.hasEnded()).isTrue();
    }
    assertThat(heard.end().rows()).isEqualTo(3);
    assertThat(heard.end().statistics()).isEmpty();
  }

  @Test
  void aStreamClosedEarlyEndsWithTheRowsThatWereRead() {
    Query<Long> endless =
        Query.of("SELECT number AS x FROM system.numbers", row -> row.longValue("x"));
    try (Stream<Long> rows = endless.stream(clickpy)) {
      assertThat(rows.iterator().next()).isZero();
    }
    // An iterator reads one row ahead at most.
    assertThat(heard.end().rows()).isBetween(1L, 2L);
    assertThat(heard.end().error()).isEmpty();
  }

  @Test
  void aStreamThatBreaksEndsInItsError() {
    Query<Long> breaking =
        Query.of(
            "SELECT number + throwIf(number = 1000000) AS x FROM numbers(2000000)"
                + " SETTINGS max_block_size = 10000",
            row -> row.longValue("x"));
    assertThatThrownBy(
            () -> {
              try (Stream<Long> rows = breaking.stream(clickpy)) {
                rows.forEach(row -> {});
              }
            })
        .satisfies(e -> assertThat(heard.end().error()).containsSame(e));
    assertThat(heard.end().rows()).isPositive();
  }

  @Test
  void whatPassesIsTriedAgainUnderAnIdThatBeginsLikeTheFirst() {
    Query<Long> failing =
        Query.of(
                "SELECT throwIf(1, 'of the network', toInt16(210)) AS x", row -> row.longValue("x"))
            .setting("allow_custom_error_code_in_throwif", "1");

    assertThatThrownBy(() -> failing.fetch(clickpy))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              assertThat(e.serverCode()).isEqualTo(210);
              assertThat(heard.end().error()).containsSame(e);
              assertThat(e.queryId()).contains(heard.end().queryId());
            });
    assertThat(heard.end().attempts()).isEqualTo(3);
    assertThat(heard.end().queryId()).isEqualTo(heard.start().queryId() + "-3");
    assertThat(heard.end().errorType()).contains("SERVER");
    assertThat(heard.end().statistics()).isEmpty();
  }

  @Test
  void aMapperThatThrowsIsNamedByItsException() {
    Query<Long> query =
        Query.of(
            "SELECT 1",
            row -> {
              throw new IllegalStateException("of the mapper");
            });

    assertThatThrownBy(() -> query.fetch(clickpy)).hasMessage("of the mapper");

    assertThat(heard.end().errorType()).contains("java.lang.IllegalStateException");
  }

  @Test
  void aCancelledFetchEndsWhenTheServerHasStopped() throws Exception {
    CompletableFuture<QueryResult<Long>> future =
        Query.of("SELECT max(number) AS x FROM system.numbers", row -> row.longValue("x"))
            .fetchAsync(clickpy);
    future.cancel(true);
    while (!heard.hasEnded()) {
      Thread.sleep(10);
    }
    assertThat(heard.end().errorType()).contains("CANCELLED");
  }

  @Test
  void aCommandIsHeardByItsFirstWordAndItsOwnIdAndWithoutItsPassword() {
    Command command =
        Command.of(
                "create dictionary d (k NoSuchType) PRIMARY KEY k"
                    + " SOURCE(CLICKHOUSE(USER 'u' PASSWORD 'secret' TABLE 't')) LAYOUT(FLAT())")
            .queryId("an-id-of-" + System.nanoTime());

    assertThatThrownBy(() -> command.execute(clickpy)).isInstanceOf(QueryException.class);

    assertThat(heard.start().operation()).isEqualTo("CREATE");
    assertThat(heard.start().sql()).contains("PASSWORD '***'").doesNotContain("secret");
    assertThat(heard.start().queryId()).startsWith("an-id-of-");
    assertThat(heard.end().queryId()).isEqualTo(heard.start().queryId());
  }

  @Test
  void anInsertIsHeardWithTheRowsItWrote() {
    Insert.into(
            "FUNCTION null('x UInt8')",
            "TabSeparated",
            out -> out.write("1\n2\n".getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);

    assertThat(heard.start().operation()).isEqualTo("INSERT");
    assertThat(heard.end().statistics().orElseThrow().rowsWritten()).isEqualTo(2);
  }

  @Test
  void aServerThatIsNotThereEndsTheCall() {
    try (ClickPy nowhere =
        ClickPy.connect(
            ClickPyConfig.builder("http://127.0.0.1:1")
                .retries(RetryPolicy.none())
                .listener(heard)
                .build())) {
      assertThatThrownBy(() -> THREE_ROWS.fetch(nowhere)).isInstanceOf(ConnectionException.class);
    }
    assertThat(heard.end().errorType()).contains("CONNECTION");
  }

  @Test
  void aClosedConnectionEndsTheCall() {
    clickpy.close();

    assertThatThrownBy(() -> THREE_ROWS.fetchAsync(clickpy))
        .isInstanceOf(IllegalStateException.class);

    assertThat(heard.end().attempts()).isZero();
    assertThat(heard.end().errorType()).contains("java.lang.IllegalStateException");
  }

  @Test
  void aListenerThatFailsDisturbsNeitherTheQueryNorTheOthers() {
    QueryListener failsAtTheStart =
        start -> {
          throw new IllegalStateException("a listener's own, at the start");
        };
    QueryListener failsAtTheEnd =
        start ->
            end -> {
              throw new AssertionError("a listener's own, at the end");
            };
    QueryListener returnsNull = start -> null;
    ClickPyConfig.Builder config = configuration();
    for (QueryListener listener :
        List.of(failsAtTheStart, failsAtTheEnd, returnsNull, heard, failsAtTheEnd)) {
      config.listener(listener);
    }
    try (ClickPy disturbed = ClickPy.connect(config.build())) {
      assertThat(THREE_ROWS.fetch(disturbed)).containsExactly(0L, 1L, 2L);
    }
    assertThat(heard.end().rows()).isEqualTo(3);
  }

  @Test
  void listenersAreToldInTheOrderInWhichTheyWereAdded() {
    List<String> order = new ArrayList<>();
    ClickPyConfig config =
        configuration().listener(noting("first", order)).listener(noting("second", order)).build();
    try (ClickPy listened = ClickPy.connect(config)) {
      assertThat(THREE_ROWS.fetch(listened)).hasSize(3);
    }
    assertThat(config.listeners()).hasSize(2);
    assertThat(order).containsExactly("first starts", "second starts", "first ends", "second ends");
  }

  private static QueryListener noting(String name, List<String> order) {
    return start -> {
      order.add(name + " starts");
      Consumer<QueryEnd> ends = end -> order.add(name + " ends");
      return ends;
    };
  }
}
