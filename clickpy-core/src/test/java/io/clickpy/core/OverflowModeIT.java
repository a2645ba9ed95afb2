package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.internal.OverflowModes;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user whose profile cuts results at every limit, as that of ClickPy's public user does. */
class OverflowModeIT {
  private static final int RESULT_ROWS = 1_000;
  private static final String MANY = "SELECT number AS x FROM numbers(100000)";

  private static EmbeddedClickHouse server;
  private static ClickPy clickpy;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path users = directory.resolve("users.xml");
    Files.writeString(
        users,
        """
        <clickhouse>
          <profiles>
            <default>
              <max_result_rows>%d</max_result_rows>
              <max_block_size>100</max_block_size>
              %s
            </default>
            <constrained>
              <result_overflow_mode>break</result_overflow_mode>
              <constraints><result_overflow_mode><const/></result_overflow_mode></constraints>
            </constrained>
          </profiles>
          <quotas><default/></quotas>
          <users>
            <default>
              <password/><networks><ip>127.0.0.1</ip></networks>
              <profile>default</profile><quota>default</quota>
            </default>
            <constrained>
              <password>cut</password><networks><ip>127.0.0.1</ip></networks>
              <profile>constrained</profile><quota>default</quota>
            </constrained>
          </users>
        </clickhouse>
        """
            .formatted(
                RESULT_ROWS,
                OverflowModes.SETTINGS.stream()
                    .map(mode -> "<%1$s>break</%1$s>".formatted(mode))
                    .collect(Collectors.joining())));
    server = EmbeddedClickHouse.builder().usersFile(users).start();
    clickpy = ClickPy.connect(ClickPyConfig.builder(server.endpoint()).database("system").build());
  }

  @AfterAll
  static void stop() {
    clickpy.close();
    server.close();
  }

  @Test
  void aResultOverTheLimitOfTheProfileFails() {
    assertFails(ErrorCode.LIMIT_EXCEEDED, () -> longs(MANY).fetch(clickpy));
    assertThatThrownBy(
            () -> {
              try (Stream<Long> rows = longs(MANY).stream(clickpy)) {
                rows.forEach(row -> {});
              }
            })
        .isInstanceOf(ClickPyException.class);
    assertThat(longs(MANY + " LIMIT 1000").fetch(clickpy)).hasSize(RESULT_ROWS);
  }

  @Test
  void limitsOfTheQueryFail() {
    QueryLimits limits = QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofSeconds(1));
    Query<Long> count = longs("SELECT count() AS x FROM numbers(1000000) WHERE NOT ignore(number)");

    assertFails(
        ErrorCode.LIMIT_EXCEEDED,
        () -> count.limits(limits.withMaxRowsToRead(1_000)).fetch(clickpy));
    assertFails(
        ErrorCode.LIMIT_EXCEEDED,
        () -> count.limits(limits.withMaxBytesToRead(1_000)).fetch(clickpy));
    assertFails(
        ErrorCode.TIMEOUT,
        () ->
            longs("SELECT sum(sleepEachRow(1)) AS x FROM numbers(20) SETTINGS max_block_size = 1")
                .limits(limits)
                .fetch(clickpy));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_rows_to_group_by | SELECT number % 500 AS x FROM numbers(1000) GROUP BY x",
        "max_rows_to_sort | SELECT number AS x FROM numbers(500) ORDER BY sipHash64(x)",
        "max_rows_in_distinct | SELECT DISTINCT number % 500 AS x FROM numbers(1000)",
        "max_rows_in_set | SELECT number AS x FROM numbers(500) WHERE x IN (SELECT number FROM numbers(500))",
        "max_rows_in_join | SELECT number AS x FROM numbers(500) AS a JOIN numbers(500) AS b USING (number)"
      })
  void otherLimitsFail(String limit, String sql) {
    assertThat(longs(sql).fetch(clickpy)).hasSize(500);
    assertFails(ErrorCode.LIMIT_EXCEEDED, () -> longs(sql).setting(limit, "100").fetch(clickpy));
  }

  @Test
  void aQuerysOwnSettingMayCutItsResult() {
    assertThat(longs(MANY).setting("result_overflow_mode", "break").fetch(clickpy))
        .hasSizeBetween(RESULT_ROWS, 2 * RESULT_ROWS);
  }

  @Test
  void aUserWhoMustBeCutIsRefused() {
    ClickPyConfig config =
        ClickPyConfig.builder(server.endpoint())
            .database("system")
            .credentials(new Credentials("constrained", "cut"))
            .build();
    try (ClickPy constrained = ClickPy.connect(config)) {
      assertFails(ErrorCode.ACCESS_DENIED, () -> longs("SELECT 1 AS x").fetch(constrained));
      assertThat(longs("SELECT 1 AS x").setting("result_overflow_mode", "break").fetch(constrained))
          .containsExactly(1L);
    }
  }

  private static Query<Long> longs(String sql) {
    return Query.of(sql, row -> row.longValue("x"));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QueryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
