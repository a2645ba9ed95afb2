package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.TestServer;
import io.clickpy.core.country.CountryCodes;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A migration that stops at any point is mended by the next call. With {@code -Dclickpy.crash=all}
 * the program and the engine are killed at every statement instead of a few.
 */
@Tag("slow")
class MigrationCrashIT {
  private static final int STATEMENTS = 44;
  private static final int OF_FIRST_MIGRATION = 39;

  private static Map<String, String> undisturbed;

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeAll
  static void migrateOnceWithoutCrash() {
    ClickPy clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    undisturbed = TestDatabase.definitions(clickpy);
    TestServer.dropAndClose(clickpy);
  }

  /** Before a statement, and behind it when it is not journaled yet: at each, in one database. */
  @Test
  void anErrorAtEachPointInTurnLeavesTheSameEnd() {
    ClickPy clickpy = database.clickpy();
    for (int point = 0; point < 2 * STATEMENTS; point++) {
      int stop = point;
      SchemaMigrator failing = SchemaMigrator.of(clickpy).listener(new AtPoint(stop, p -> fail(p)));
      assertThatThrownBy(failing::migrate).hasMessage("stopped at " + stop);
    }

    SchemaMigrator.of(clickpy).migrate();

    assertMigrated(clickpy);
  }

  private static void fail(int point) {
    throw new IllegalStateException("stopped at " + point);
  }

  static Stream<Integer> killPoints() {
    return "all".equals(System.getProperty("clickpy.crash"))
        ? IntStream.range(0, 2 * STATEMENTS).boxed()
        : Stream.of(0, 1, 41, 82, 87);
  }

  @ParameterizedTest
  @MethodSource("killPoints")
  void killedProgramIsContinuedByTheNext(int point) throws Exception {
    ClickPy clickpy = database.clickpy();
    Crash.runUntilKilled(MigratingProgram.class, clickpy, point);

    SchemaMigrator.of(clickpy).migrate();

    assertMigrated(clickpy);
  }

  @ParameterizedTest
  @MethodSource("killPoints")
  void killedEngineIsContinuedAfterItsRestart(int point, @TempDir Path data) {
    try (EmbeddedClickHouse server = EmbeddedClickHouse.builder().dataDirectory(data).start();
        ClickPy clickpy = Crash.connect(server)) {
      SchemaMigrator killing =
          SchemaMigrator.of(clickpy)
              .leaseTime(MigratingProgram.LEASE_TIME)
              .listener(new AtPoint(point, p -> kill(server.process())));
      assertThatThrownBy(killing::migrate).isInstanceOf(ClickPyException.class);
    }

    try (EmbeddedClickHouse server = EmbeddedClickHouse.builder().dataDirectory(data).start();
        ClickPy clickpy = Crash.connect(server)) {
      SchemaMigrator.of(clickpy).migrate();
      assertMigrated(clickpy);
    }
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static void assertMigrated(ClickPy clickpy) {
    SchemaMigrator migrator = SchemaMigrator.of(clickpy);
    assertThat(TestDatabase.definitions(clickpy)).isEqualTo(undisturbed);
    assertThat(TestDatabase.count(clickpy, "countries")).isEqualTo(CountryCodes.names().size());
    assertThat(migrator.migrate().wasCurrent()).isTrue();
    migrator.validate();
  }

  /** Does something at one point: each statement has one before it and one behind it. */
  record AtPoint(int point, IntConsumer action) implements MigrationListener {
    @Override
    public void starting(PlannedStatement statement) {
      pass(statement, 0);
    }

    @Override
    public void finished(PlannedStatement statement) {
      pass(statement, 1);
    }

    private void pass(PlannedStatement statement, int side) {
      int number = statement.ordinal() - 1 + (statement.version() == 1 ? 0 : OF_FIRST_MIGRATION);
      if (2 * number + side == point) {
        action.accept(point);
      }
    }
  }
}
