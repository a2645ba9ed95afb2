package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rollups whose filling is cut off by {@code kill -9} while a statement runs, with downloads coming
 * in between. With {@code -Dclickpy.crash=all} in every statement instead of a few.
 */
@Tag("slow")
class RollupFillCrashIT {
  /** Fewer than there are: which the last are depends on the pauses. */
  private static final int STATEMENTS = 40;

  private static final int ROWS = 2_000;

  @RegisterExtension final TestDatabase database = new TestDatabase();

  static Stream<Integer> statements() {
    return "all".equals(System.getProperty("clickpy.crash"))
        ? IntStream.range(0, STATEMENTS).boxed()
        : Stream.of(9, 29);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void killedProgramIsContinuedByTheNext(int statement) throws Exception {
    ClickPy clickpy = database.clickpy();
    prepare(clickpy);
    Crash.runUntilKilled(FillingProgram.class, clickpy, statement);

    assertContinued(clickpy);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void killedEngineIsContinuedAfterItsRestart(int statement, @TempDir Path data) {
    try (EmbeddedClickHouse server = EmbeddedClickHouse.builder().dataDirectory(data).start();
        ClickPy clickpy = Crash.connect(server)) {
      prepare(clickpy);
      SchemaMigrator killing =
          RollupFillIT.adding(clickpy)
              .leaseTime(MigratingProgram.LEASE_TIME)
              .listener(new InStatement(statement, () -> server.process().destroyForcibly()));
      assertThatThrownBy(killing::migrate).isInstanceOf(ClickPyException.class);
      server.process().onExit().join();
    }

    try (EmbeddedClickHouse server = EmbeddedClickHouse.builder().dataDirectory(data).start();
        ClickPy clickpy = Crash.connect(server)) {
      assertContinued(clickpy);
    }
  }

  private static void prepare(ClickPy clickpy) {
    SchemaMigrator.of(clickpy).migrate();
    LiveWriters.insert(clickpy, ROWS, 1);
  }

  private static void assertContinued(ClickPy clickpy) {
    LiveWriters.insert(clickpy, ROWS / 2, 2);
    RollupFillIT.adding(clickpy).migrate();
    LiveWriters.insert(clickpy, ROWS / 2, 3);

    RollupFillIT.assertExact(clickpy, RollupFillIT.ADDED);
    RollupFillIT.assertExact(clickpy, PypiSchema.ofDefaults().rollups());
  }

  /** Kills while a statement runs, counted from 0, or shortly before or behind it. */
  record InStatement(AtomicInteger left, Runnable kill) implements MigrationListener {
    InStatement(int statement, Runnable kill) {
      this(new AtomicInteger(statement), kill);
    }

    @Override
    public void starting(PlannedStatement statement) {
      if (left.getAndDecrement() == 0) {
        long delay = ThreadLocalRandom.current().nextLong(10_000_000);
        Thread killer =
            new Thread(
                () -> {
                  long end = System.nanoTime() + delay;
                  while (System.nanoTime() - end < 0) {
                    Thread.onSpinWait();
                  }
                  kill.run();
                });
        killer.start();
      }
    }
  }
}
