package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryIT {
  private static ClickPy clickpy;

  @BeforeAll
  static void connect() {
    clickpy = TestServer.connectToEmptyDatabase();
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  static List<String> hostileTexts() {
    return List.of(
        "",
        " ",
        "'",
        "\"",
        "`",
        "\\",
        "\\\\",
        "\\'",
        "\\N",
        "NULL",
        "\t",
        "a\tb\nc\rd",
        "\u0000",
        "a\u0000b",
        "{p:String}",
        "'; DROP DATABASE pypi; --",
        "') OR 1=1 --",
        "%0A%27&param_p=x",
        "--boundary\r\n\r\n",
        "😀🐍\u202e\ufeff",
        "ı İ ſ K",
        "x".repeat(10_240),
        "'\\\t\n".repeat(2_560));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void everyTextComesBackAsItWasSent(String text) {
    String sql =
        "SELECT {p:String} AS text, length({p:String}) AS bytes, [{p:String}] = {ps:Array(String)}"
            + " AS same, {ps:Array(String)} AS texts";
    record Echo(String text, long bytes, boolean same, List<String> texts) {}

    QueryResult<Echo> result =
        Query.of(
                sql,
                row ->
                    new Echo(
                        row.string("text"),
                        row.longValue("bytes"),
                        row.booleanValue("same"),
                        row.strings("texts")))
            .bind("p", text)
            .bind("ps", List.of(text))
            .fetch(clickpy);

    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    assertThat(result).containsExactly(new Echo(text, bytes, true, List.of(text)));
  }

  @Test
  void datesAndTimesAreUtcInEveryZone() {
    LocalDate date = LocalDate.of(2024, 2, 29);
    Instant fullMinute = Instant.parse("2024-02-29T23:59:00Z");
    Instant fraction = Instant.parse("2024-03-31T01:30:00.123456Z");

    List<Object> values =
        Query.<List<Object>>of(
                "SELECT {d:Date} AS d, {t:DateTime} AS t, {f:DateTime64(6)} AS f,"
                    + " {l:DateTime} AS l, toString({t:DateTime}) AS s, [{d:Date}] = {ds:Array(Date)} AS same",
                row ->
                    List.of(
                        row.date("d"),
                        row.instant("t"),
                        row.instant("f"),
                        row.instant("l"),
                        row.string("s"),
                        row.booleanValue("same")))
            .bind("d", date)
            .bind("t", fullMinute)
            .bind("f", fraction)
            .bind("l", LocalDateTime.of(2024, 2, 29, 23, 59))
            .bind("ds", List.of(date))
            .fetch(clickpy)
            .get(0);

    assertThat(values)
        .containsExactly(date, fullMinute, fraction, fullMinute, "2024-02-29 23:59:00", true);
  }

  @Test
  void everyTypeOfOurTablesIsRead() {
    List<Object> values =
        Query.<List<Object>>of(
                """
                SELECT toInt8(-1) AS i8, toUInt8(255) AS u8, toInt16(-2) AS i16, toUInt16(65535) AS u16,
                  toInt32(-3) AS i32, toUInt32(4294967295) AS u32, toInt64(-4) AS i64, toUInt64(5) AS u64,
                  toFloat32(1.5) AS f32, toFloat64(-2.5) AS f64, true AS b, 'text' AS s,
                  toFixedString('ab', 3) AS fs, toLowCardinality('low') AS lc,
                  CAST('two', 'Enum8(\\'one\\' = 1, \\'two\\' = -2)') AS e,
                  CAST('q\\'x', 'Enum16(\\'q\\\\\\'x\\' = 300)') AS e16,
                  toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS uuid,
                  toDate32('2283-11-11') AS d32, CAST(NULL, 'Nullable(Int32)') AS n,
                  toNullable('here') AS nn, [1, 2]::Array(Int64) AS a,
                  ['x', 'y']::Array(LowCardinality(String)) AS al, toDateTime64('1969-12-31 23:59:59.5', 1, 'Asia/Tokyo') AS old
                """,
                row ->
                    List.of(
                        row.longValue("i8"),
                        row.intValue("u8"),
                        row.longValue("i16"),
                        row.intValue("u16"),
                        row.intValue("i32"),
                        row.longValue("u32"),
                        row.longValue("i64"),
                        row.longValue("u64"),
                        row.doubleValue("f32"),
                        row.doubleValue("f64"),
                        row.booleanValue("b"),
                        row.string("s"),
                        row.string("fs"),
                        row.string("lc"),
                        row.string("e"),
                        row.string("e16"),
                        row.string("uuid"),
                        row.date("d32"),
                        row.isNull("n"),
                        row.string("nn"),
                        row.longs("a"),
                        row.strings("al"),
                        row.instant("old")))
            .fetch(clickpy)
            .get(0);

    assertThat(values)
        .containsExactly(
            -1L,
            255,
            -2L,
            65535,
            -3,
            4294967295L,
            -4L,
            5L,
            1.5,
            -2.5,
            true,
            "text",
            "ab\u0000",
            "low",
            "two",
            "q'x",
            "61f0c404-5cb3-11e7-907b-a6006ad3dba0",
            LocalDate.of(2283, 11, 11),
            true,
            "here",
            List.of(1L, 2L),
            List.of("x", "y"),
            Instant.parse("1969-12-31T14:59:59.5Z"));
  }

  @Test
  void aValueThatDoesNotFitIsAnErrorAndNeverCut() {
    assertUnreadable(
        "SELECT toUInt64(18446744073709551615) AS x",
        row -> row.longValue("x"),
        "Cannot read column 'x' of type UInt64 as a long: 18446744073709551615.");
    assertUnreadable(
        "SELECT toInt64(3000000000) AS x",
        row -> row.intValue("x"),
        "Cannot read column 'x' of type Int64 as an int: 3000000000.");
    assertUnreadable(
        "SELECT CAST(NULL, 'Nullable(String)') AS x",
        row -> row.string("x"),
        "Cannot read column 'x' of type Nullable(String) as a value: it is NULL.");
    assertUnreadable(
        "SELECT 'a' AS x",
        row -> row.date("x"),
        "Cannot read column 'x' of type String as a date.");
    assertUnreadable(
        "SELECT 'a' AS x", row -> row.string("y"), "Cannot read column 'y' (the answer has [x]).");
    assertUnreadable(
        "SELECT map('a', 1) AS x",
        row -> row.string("x"),
        "Cannot read column 'x' of type Map(String, UInt8) (no such type here)."
            + " Convert it in the SQL, for example with toString(x).");
  }

  private static void assertUnreadable(String sql, RowMapper<Object> mapper, String message) {
    assertThatThrownBy(() -> Query.of(sql, mapper).fetch(clickpy))
        .isInstanceOfSatisfying(
            ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_RESPONSE))
        .hasMessage(message);
  }

  @Test
  void anAnswerKnowsWhatItCost() {
    Query<Long> query =
        Query.of("SELECT max(number) AS x FROM numbers(100000)", row -> row.longValue("x"))
            .readingFrom("numbers");

    QueryResult<Long> result = query.fetch(clickpy);

    assertThat(result).containsExactly(99_999L);
    assertThat(result.table()).contains("numbers");
    assertThat(result.statistics().rowsRead()).isEqualTo(100_000);
    assertThat(result.statistics().bytesRead()).isEqualTo(800_000);
    assertThat(result.statistics().queryId()).startsWith("clickpy-");
    assertThatThrownBy(() -> result.add(1L)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anErrorOfTheServerKeepsItsNumberAndItsQuery() {
    assertThatThrownBy(() -> longs("SELECT no_such_column AS x").fetch(clickpy))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY);
              assertThat(e.serverCode()).isEqualTo(47);
              assertThat(e.isRetryable()).isFalse();
              assertThat(e.queryId())
                  .hasValueSatisfying(id -> assertThat(id).startsWith("clickpy-"));
            })
        .hasMessageContaining("no_such_column");
    assertThatThrownBy(() -> longs("SELECT count AS x FROM no_such_table").fetch(clickpy))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void aQueryOverItsLimitsFails() {
    Query<Long> numbers = longs("SELECT number AS x FROM system.numbers LIMIT 50000000");

    assertThatThrownBy(
            () -> numbers.limits(QueryLimits.ofDefaults().withMaxRowsToRead(1_000)).fetch(clickpy))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    assertThatThrownBy(
            () ->
                longs("SELECT sum(sleepEachRow(1)) AS x FROM numbers(20) SETTINGS max_block_size=1")
                    .limits(QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofSeconds(1)))
                    .fetch(clickpy))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
  }

  @Test
  void aQuerysOwnSettingWinsOverTheLimits() {
    Query<Long> query =
        longs("SELECT toInt64(getSetting('max_execution_time')) AS x")
            .setting("max_execution_time", "7");

    assertThat(query.fetch(clickpy)).containsExactly(7L);
  }

  @Test
  void workThatTakesLongerThanTheSocketTimeoutIsWaitedFor() {
    ClickPyConfig config =
        ClickPyConfig.builder(clickpy.config().endpoint())
            .socketTimeout(Duration.ofMillis(500))
            .retries(RetryPolicy.none())
            .build();
    try (ClickPy impatient = ClickPy.connect(config)) {
      DatabaseName system = DatabaseName.of("system");
      Command.of("SELECT sleep(1.5)").inDatabase(system).execute(impatient);
    }
  }

  @Test
  void aPasswordInACommandIsNotShown() {
    Command command =
        Command.of(
            "CREATE DICTIONARY d … SOURCE(CLICKHOUSE(USER 'ana' PASSWORD 'hun\\'ter2' DB 'x'))");

    assertThat(command.toString()).contains("USER 'ana' PASSWORD '***' DB").doesNotContain("hun");
  }

  @Test
  void aClosedConnectionSaysSo() {
    ClickPy closed = ClickPy.connect(TestServer.config().build());
    closed.close();
    closed.close();

    assertThatThrownBy(() -> longs("SELECT 1 AS x").fetch(closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(": it is closed");
    assertThatThrownBy(() -> longs("SELECT 1 AS x").fetchAsync(closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(": it is closed");
    assertThatThrownBy(() -> Command.of("SELECT 1").execute(closed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertThatThrownBy(() -> Insert.into("t", "Parkett", out -> {}).execute(clickpy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid input format: 'Parkett' (must be a name of ClickHouse's, as Parquet or RowBinary)");
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ClickPyConfig config =
        ClickPyConfig.builder("http://ana:secret@127.0.0.1:" + port)
            .retries(RetryPolicy.none())
            .build();
    try (ClickPy nowhere = ClickPy.connect(config)) {
      assertThatThrownBy(nowhere::serverVersion)
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("http://127.0.0.1:" + port)
          .hasMessageContaining("Check that the server runs")
          .hasMessageNotContaining("secret");
      assertThatThrownBy(() -> Command.of("CREATE DATABASE never").execute(nowhere))
          .isInstanceOf(ConnectionException.class);
    }
  }

  @Test
  void aWrongPasswordIsAnErrorOfAuthenticationThatDoesNotRepeatIt() {
    ClickPyConfig config =
        TestServer.config().credentials(new Credentials("nobody-here", "hunter2")).build();
    try (ClickPy stranger = ClickPy.connect(config)) {
      assertThatThrownBy(stranger::serverVersion)
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION))
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void aWriteWhoseAnswerNeverComesHasAnUnknownOutcome() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread hangUp = new Thread(() -> acceptAndHangUp(silent));
      hangUp.start();
      ClickPyConfig config =
          ClickPyConfig.builder("http://127.0.0.1:" + silent.getLocalPort())
              .retries(RetryPolicy.none())
              .build();
      try (ClickPy broken = ClickPy.connect(config)) {
        assertThatThrownBy(
                () -> Command.of("CREATE TABLE t (x Int8) ENGINE = Null").execute(broken))
            .isInstanceOfSatisfying(
                OutcomeUnknownException.class, e -> assertThat(e.isRetryable()).isFalse())
            .hasMessageStartingWith("Cannot tell whether the write took effect (");
        assertThatThrownBy(() -> longs("SELECT 1 AS x").fetch(broken))
            .isInstanceOfSatisfying(
                ConnectionException.class, e -> assertThat(e.isRetryable()).isTrue());
      }
      silent.close();
      hangUp.join();
    }
  }

  @SuppressWarnings("EmptyCatch") // A closed socket is how the test ends it.
  private static void acceptAndHangUp(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
      }
    } catch (IOException closed) {
    }
  }

  @Test
  void insertsSendTheBodyAndReportABodyThatFails() {
    Command.of("CREATE TABLE inserted (x Int64) ENGINE = MergeTree ORDER BY x").execute(clickpy);
    Insert.into(
            "inserted", "TabSeparated", out -> out.write("1\n2\n".getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);

    assertThat(longs("SELECT x FROM inserted ORDER BY x").fetch(clickpy)).containsExactly(1L, 2L);
    assertThatThrownBy(
            () ->
                Insert.into(
                        "inserted",
                        "TabSeparated",
                        out -> {
                          out.write("3\n".getBytes(StandardCharsets.UTF_8));
                          throw new IOException("the disk is gone");
                        })
                    .execute(clickpy))
        .isInstanceOfSatisfying(
            ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATA))
        .hasMessageContaining("the disk is gone");
    assertThatThrownBy(
            () ->
                Insert.into(
                        "inserted",
                        "TabSeparated",
                        out -> out.write("not a number\n".getBytes(StandardCharsets.UTF_8)))
                    .execute(clickpy))
        .isInstanceOf(QueryException.class);
  }

  @Test
  void manyThreadsShareOneConnection() throws Exception {
    List<CompletableFuture<QueryResult<Long>>> futures = new ArrayList<>();
    for (long i = 0; i < 200; i++) {
      futures.add(longs("SELECT {i:Int64} AS x").bind("i", i).fetchAsync(clickpy));
    }
    for (int i = 0; i < futures.size(); i++) {
      assertThat(futures.get(i).get()).containsExactly((long) i);
    }
  }

  @Test
  void theServersVersionIsKnown() {
    assertThat(clickpy.serverVersion().isAtLeast(25, 1)).isTrue();
  }

  private static Query<Long> longs(String sql) {
    return Query.of(sql, row -> row.longValue("x"));
  }
}
