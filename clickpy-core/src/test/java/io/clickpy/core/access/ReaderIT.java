package io.clickpy.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.migrate.Topology;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers on a server whose users come from files: each has one limit that is easily reached. */
class ReaderIT {
  private static final String PASSWORD = "it's a \\ secret";
  private static final int ROWS = 50_000;
  private static final String ALL = "SELECT project AS value FROM pypi";

  private static final String MUCH_MEMORY =
      "SELECT length(groupArray(toString(number))) AS value FROM numbers(10000000)";

  /** Hours of work. */
  private static final String SLOW =
      "SELECT number AS value FROM numbers(9000000000) WHERE SHA256(toString(number)) = ''";

  private static final QueryLimits ONE_SECOND =
      QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofSeconds(1));

  private static EmbeddedClickHouse server;
  private static ClickPy admin;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path users = directory.resolve("users.xml");
    Files.writeString(
        users,
        """
        <clickhouse>
          <profiles><default/></profiles>
          <quotas><default/></quotas>
          <users>
            <default>
              <password/><networks><ip>127.0.0.1</ip></networks>
              <profile>default</profile><quota>default</quota>
              <access_management>1</access_management>
            </default>
          </users>
        </clickhouse>
        """);
    Path more = Files.createDirectory(directory.resolve("users.d"));
    AccessControl access = AccessControl.of(DatabaseName.of("pypi"), PASSWORD);
    ReaderQuota quota = ReaderQuota.ofDefaults();
    List<AccessControl> readers =
        List.of(
            access,
            with(access, "rows", limits -> limits.withMaxRowsToRead(ROWS - 1)),
            with(access, "bytes", limits -> limits.withMaxBytesToRead(ROWS)),
            with(access, "memory", limits -> limits.withMaxMemory(20_000_000)),
            with(access, "time", limits -> limits.withMaxExecutionTime(Duration.ofSeconds(1))),
            with(access, "result_rows", limits -> limits.withMaxResultRows(ROWS - 1)),
            with(access, "result_bytes", limits -> limits.withMaxResultBytes(ROWS)),
            access.user("prefixed").schema(PypiSchema.withPrefix("eu_")),
            access
                .user("quota")
                .quota(
                    new ReaderQuota(
                        quota.interval(), 3, quota.maxRowsRead(), quota.maxExecutionTime())));
    for (int i = 0; i < readers.size(); i++) {
      Files.writeString(more.resolve(i + ".xml"), readers.get(i).usersXml());
    }
    server = EmbeddedClickHouse.builder().usersFile(users).start();
    admin = ClickPy.connect(server.endpoint());
    SchemaMigrator.of(admin).migrate();
    SchemaMigrator.of(admin).schema(PypiSchema.withPrefix("eu_")).migrate();
    for (String table : List.of("pypi", "eu_pypi")) {
      Command.of(
              "INSERT INTO %s (date, project, version) SELECT toDate('2024-01-01') + number %% 365,"
                      .formatted(table)
                  + " toString(number), '1.0' FROM numbers({rows:UInt64})")
          .bind("rows", ROWS)
          .execute(admin);
    }
  }

  private static AccessControl with(
      AccessControl access, String user, UnaryOperator<ReaderLimits> change) {
    return access.user(user).limits(change.apply(ReaderLimits.ofDefaults()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    server.close();
  }

  private static ClickPy connect(String user) {
    return connect(user, QueryLimits.ofDefaults());
  }

  private static ClickPy connect(String user, QueryLimits limits) {
    return ClickPy.connect(
        ClickPyConfig.builder(server.endpoint())
            .credentials(new Credentials(user, PASSWORD))
            .limits(limits)
            .build());
  }

  private static Query<String> query(String sql) {
    return Query.of("SELECT toString(value) AS text FROM (" + sql + ")", row -> row.string("text"));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QueryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Fails when fetched, and when streamed does not just end. */
  private static void assertLimited(ClickPy reader, String sql) {
    assertFails(ErrorCode.LIMIT_EXCEEDED, () -> query(sql).fetch(reader));
    assertThatThrownBy(
            () -> {
              try (Stream<String> rows = query(sql).stream(reader)) {
                rows.forEach(row -> {});
              }
            })
        .isInstanceOf(ClickPyException.class);
  }

  @Test
  void readerSeesAllThatItAsksForWithinItsLimits() {
    try (ClickPy play = connect("play")) {
      assertThat(query(ALL).fetch(play)).hasSize(ROWS);
      assertThat(query("SELECT sum(count) AS value FROM pypi_downloads").fetch(play))
          .containsExactly(Integer.toString(ROWS));
      assertThat(query("SELECT dictGet('pypi.countries_dict', 'name', 'DE') AS value").fetch(play))
          .containsExactly("Germany");
    }
  }

  @Test
  void readerMayExplainAndSeeTheSizesOfTablesAndCancelItsQueries() throws Exception {
    try (ClickPy play = connect("play")) {
      assertThat(Query.of("EXPLAIN ESTIMATE " + ALL, row -> row.longValue("rows")).fetch(play))
          .containsExactly((long) ROWS);
      assertThat(
              query("SELECT sum(rows) AS value FROM system.parts WHERE active AND table = 'pypi'")
                  .fetch(play))
          .containsExactly(Integer.toString(ROWS));
      CompletableFuture<?> slow = query(SLOW).fetchAsync(play);
      String id = awaitRunning();
      slow.cancel(true);
      play.settle(id);
      assertThat(running()).isEmpty();
    }
  }

  private static String awaitRunning() throws InterruptedException {
    List<String> ids = running();
    while (ids.isEmpty()) {
      Thread.sleep(10);
      ids = running();
    }
    return ids.get(0);
  }

  private static List<String> running() {
    return query(
            "SELECT query_id AS value FROM system.processes"
                + " WHERE user = 'play' AND query LIKE '%SHA256%'")
        .fetch(admin);
  }

  @Test
  void tooManyRowsToReadFail() {
    try (ClickPy reader = connect("rows")) {
      assertLimited(reader, ALL);
      assertLimited(reader, "SELECT count(DISTINCT project) AS value FROM pypi");
      // The index leaves less to read than the limit.
      assertThat(query(ALL + " WHERE project = '7'").fetch(reader)).containsExactly("7");
    }
  }

  @Test
  void tooManyBytesToReadFail() {
    try (ClickPy reader = connect("bytes")) {
      assertLimited(reader, ALL);
    }
  }

  @Test
  void tooMuchMemoryFails() {
    try (ClickPy reader = connect("memory")) {
      assertLimited(reader, MUCH_MEMORY);
    }
  }

  @Test
  void tooLongARunFails() {
    try (ClickPy reader = connect("time", ONE_SECOND)) {
      assertFails(ErrorCode.TIMEOUT, () -> query(SLOW).fetch(reader));
    }
  }

  @Test
  void longerTimeThanAllowedIsRefusedNotShortened() {
    try (ClickPy reader = connect("time")) {
      assertThatThrownBy(() -> query(ALL).fetch(reader))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED))
          .hasMessageContaining("Setting max_execution_time shouldn't be greater than 1");
    }
  }

  @Test
  void tooManyRowsOfResultFailInsteadOfBeingCut() {
    try (ClickPy reader = connect("result_rows")) {
      assertLimited(reader, ALL);
      assertThat(query(ALL + " LIMIT " + (ROWS - 1)).fetch(reader)).hasSize(ROWS - 1);
    }
  }

  @Test
  void tooManyBytesOfResultFailInsteadOfBeingCut() {
    try (ClickPy reader = connect("result_bytes")) {
      assertLimited(reader, ALL);
      assertThat(query(ALL + " LIMIT 100").fetch(reader)).hasSize(100);
    }
  }

  @Test
  void tooManyQueriesFail() {
    try (ClickPy reader = connect("quota")) {
      List<String> answers = new ArrayList<>();
      assertFails(
          ErrorCode.OVERLOADED,
          () -> {
            while (true) {
              answers.addAll(query("SELECT 1 AS value").fetch(reader));
            }
          });
      assertThat(answers).asInstanceOf(LIST).hasSize(3);
    }
  }

  @Test
  void nothingOfTheServerCutsAResult() {
    try (ClickPy play = connect("play")) {
      assertThat(
              query("SELECT value FROM system.settings WHERE name LIKE '%overflow_mode%'")
                  .fetch(play))
          .isNotEmpty()
          .containsOnly("throw");
      assertThat(
              query(
                      "SELECT name AS value FROM system.settings WHERE name LIKE '%overflow_mode%'"
                          + " AND readonly = 0")
                  .fetch(play))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "readonly = 0",
        "max_execution_time = 0",
        "max_execution_time = 61",
        "max_rows_to_read = 0",
        "max_rows_to_read = 10000000001",
        "max_bytes_to_read = 0",
        "max_bytes_to_read = 1000000000001",
        "max_memory_usage = 0",
        "max_memory_usage = 10000000001",
        "max_result_rows = 1",
        "max_result_bytes = 0",
        "result_overflow_mode = 'break'",
        "timeout_overflow_mode = 'break'",
        "max_threads = 1"
      })
  void settingsChangesAreRefused(String setting) {
    try (ClickPy play = connect("play")) {
      String[] change = setting.replace("'", "").split(" = ", -1);
      assertFails(
          ErrorCode.ACCESS_DENIED,
          () -> query("SELECT 1 AS value").setting(change[0], change[1]).fetch(play));
      assertFails(
          ErrorCode.ACCESS_DENIED,
          () ->
              Query.of("SELECT 'a' AS text SETTINGS " + setting, row -> row.string("text"))
                  .fetch(play));
    }
  }

  /** ClickHouse lets a subquery have settings of its own; the query as a whole stays limited. */
  @ParameterizedTest
  @CsvSource({
    "rows, max_rows_to_read, read_overflow_mode",
    "bytes, max_bytes_to_read, read_overflow_mode",
    "result_rows, max_result_rows, result_overflow_mode",
    "result_bytes, max_result_bytes, result_overflow_mode"
  })
  void settingsOfASubqueryLiftNoLimit(String user, String limit, String mode) {
    try (ClickPy reader = connect(user)) {
      assertLimited(reader, ALL + " SETTINGS %s = 0".formatted(limit));
      assertLimited(reader, ALL + " SETTINGS %s = 0, %s = 'break'".formatted(limit, mode));
    }
  }

  @Test
  void settingsOfASubqueryLiftNoLimitOfTimeOrMemory() {
    try (ClickPy reader = connect("time", ONE_SECOND)) {
      assertFails(
          ErrorCode.TIMEOUT, () -> query(SLOW + " SETTINGS max_execution_time = 0").fetch(reader));
    }
    try (ClickPy reader = connect("memory")) {
      assertLimited(reader, MUCH_MEMORY + " SETTINGS max_memory_usage = 0");
    }
  }

  @Test
  void limitsMayBeLowered() {
    QueryLimits lower =
        QueryLimits.ofDefaults()
            .withMaxExecutionTime(Duration.ofSeconds(5))
            .withMaxRowsToRead(ROWS - 1)
            .withMaxBytesToRead(1_000_000)
            .withMaxMemory(1_000_000_000);
    try (ClickPy play = connect("play", lower)) {
      assertThat(query("SELECT 1 AS value").fetch(play)).containsExactly("1");
      assertFails(ErrorCode.LIMIT_EXCEEDED, () -> query(ALL).fetch(play));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO pypi (project) SELECT 'mine'",
        "ALTER TABLE pypi DELETE WHERE 1",
        "TRUNCATE TABLE pypi",
        "DROP TABLE pypi",
        "CREATE TABLE mine (x UInt8) ENGINE = Null",
        "CREATE TEMPORARY TABLE mine (x UInt8)",
        "CREATE DATABASE mine",
        "CREATE USER mine",
        "GRANT SELECT ON *.* TO play",
        "OPTIMIZE TABLE pypi FINAL",
        "SYSTEM RELOAD DICTIONARY countries_dict",
        "SYSTEM STOP MERGES pypi"
      })
  void writesAreRefused(String statement) {
    try (ClickPy play = connect("play")) {
      assertFails(ErrorCode.ACCESS_DENIED, () -> Command.of(statement).execute(play));
    }
    assertThat(query("SELECT count() AS value FROM pypi").fetch(admin))
        .containsExactly(Integer.toString(ROWS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT line AS value FROM file('/etc/passwd', 'LineAsString')",
        "SELECT line AS value FROM url('http://127.0.0.1:1/', 'LineAsString')",
        "SELECT project AS value FROM remote('127.0.0.1:1', 'pypi', 'pypi')",
        "SELECT name AS value FROM system.users"
      })
  void otherThingsOnTheServerAreNotToBeSeen(String sql) {
    try (ClickPy play = connect("play")) {
      assertFails(ErrorCode.ACCESS_DENIED, () -> query(sql).fetch(play));
    }
  }

  @Test
  void otherDatabasesAreNotListed() {
    try (ClickPy play = connect("play")) {
      assertThat(query("SELECT name AS value FROM system.databases").fetch(play))
          .contains("pypi")
          .doesNotContain("default");
    }
  }

  @Test
  void readerOfAPrefixSeesNothingElse() {
    try (ClickPy reader = connect("prefixed")) {
      assertThat(query("SELECT project AS value FROM eu_pypi").fetch(reader)).hasSize(ROWS);
      assertThat(query("SELECT sum(count) AS value FROM eu_pypi_downloads").fetch(reader))
          .containsExactly(Integer.toString(ROWS));
      assertFails(ErrorCode.ACCESS_DENIED, () -> query(ALL).fetch(reader));
    }
  }

  @Test
  void wrongPasswordIsRefusedWithoutBeingShown() {
    ClickPyConfig config =
        ClickPyConfig.builder(server.endpoint())
            .credentials(new Credentials("play", "guessed"))
            .build();
    try (ClickPy play = ClickPy.connect(config)) {
      assertThatThrownBy(() -> query(ALL).fetch(play))
          .isInstanceOfSatisfying(
              ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION))
          .hasMessageNotContaining("guessed");
    }
  }

  @Test
  void serverWithoutAPlaceForUsersMadeBySqlSaysSo() {
    assertThatThrownBy(() -> AccessControl.of(DatabaseName.of("pypi"), PASSWORD).apply(admin))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED))
        .hasMessageStartingWith("Cannot manage user play by SQL (Code: 514.")
        .hasMessageEndingWith(
            "). Connect as a user with access_management, on a server that keeps users made by SQL, or give the server the file that usersXml() writes.")
        .hasMessageNotContaining("secret");
  }

  @Test
  void userWhoMayNotManageUsersIsToldSo() {
    try (ClickPy play = connect("play")) {
      assertThatThrownBy(() -> AccessControl.of(DatabaseName.of("pypi"), "").apply(play))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED))
          .hasMessageStartingWith("Cannot manage user play by SQL (Code: 497.");
    }
  }

  static Stream<AccessControl> plans() {
    AccessControl access = AccessControl.of(DatabaseName.of("pypi"), PASSWORD);
    return Stream.of(
        access,
        AccessControl.of(DatabaseName.of("pypi"), ""),
        access.schema(PypiSchema.withPrefix("eu_")).topology(Topology.cluster("{cluster}")));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theServerUnderstandsEveryStatement(AccessControl access) {
    for (String statement : access.plan()) {
      assertThat(
              Query.of("SELECT formatQuery({sql:String}) AS sql", row -> row.string("sql"))
                  .bind("sql", statement)
                  .fetch(admin))
          .hasSize(1);
    }
  }
}
