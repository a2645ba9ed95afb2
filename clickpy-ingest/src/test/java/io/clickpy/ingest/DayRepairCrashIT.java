package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.ParquetSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repairs whose program or server is killed, and which are called again.
 *
 * <p>{@code -Dclickpy.repairs=N} makes that N rounds of each test instead of one; {@code
 * -Dclickpy.seed=S} begins with another round than the first.
 */
@Tag("slow")
class DayRepairCrashIT {
  private static final int ROUNDS = Integer.getInteger("clickpy.repairs", 1);
  private static final int FIRST = Integer.getInteger("clickpy.seed", 1);

  @TempDir Path folder;
  @TempDir Path data;
  private final List<Download> right = LoaderTestBase.downloads(DayRepairTestBase.ROWS);
  private final List<Download> wrong = DayRepairTestBase.wrong(right);
  private final List<Download> repaired = new ArrayList<>();

  @BeforeEach
  void writeFiles() {
    ExportFile.with().write(folder.resolve("wrong.parquet"), wrong);
    ExportFile.with()
        .write(folder.resolve("right.parquet"), DayRepairTestBase.of(right, DayRepairTestBase.DAY));
    repaired.addAll(DayRepairTestBase.notOf(wrong, DayRepairTestBase.DAY));
    repaired.addAll(DayRepairTestBase.of(right, DayRepairTestBase.DAY));
  }

  @Test
  void aProgramThatIsKilledIsContinuedByTheNext() throws Exception {
    for (int round = FIRST; round < FIRST + ROUNDS; round++) {
      Random random = new Random(round);
      ClickPy clickpy = TestServer.connectToEmptyDatabase();
      try {
        Tables.create(clickpy);
        load(clickpy);
        killAtSomeMoment(random, clickpy);
        if (random.nextBoolean()) {
          load(clickpy); // Completes a turn that is open.
        }
        assertRepaired("program killed", round, clickpy);
      } finally {
        TestServer.dropAndClose(clickpy);
      }
    }
  }

  private void killAtSomeMoment(Random random, ClickPy clickpy) throws Exception {
    RepairPhase phase = phase(random);
    Process program =
        ChildProgram.start(
            RepairProgram.class, clickpy, folder.resolve("right.parquet").toString());
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals(phase.name())) {
        line = out.readLine();
      }
      assertThat(line).isEqualTo(phase.name());
      Thread.sleep(random.nextInt(400));
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  /** The switch is what matters most. */
  private static RepairPhase phase(Random random) {
    return random.nextInt(3) > 0
        ? RepairPhase.SWITCHING
        : List.of(RepairPhase.values()).get(random.nextInt(RepairPhase.values().length));
  }

  @Test
  void aServerThatIsKilledLosesNothingAndDoublesNothing() throws Exception {
    try (KillableServer server = KillableServer.start(data)) {
      for (int round = FIRST; round < FIRST + ROUNDS; round++) {
        Random random = new Random(round);
        DatabaseName database = DatabaseName.of("round_" + round);
        try (ClickPy clickpy = server.create(database)) {
          load(clickpy);
          RepairPhase phase = phase(random);
          CountDownLatch reached = new CountDownLatch(1);
          DayRepair repair =
              repair(clickpy)
                  .listener(
                      event -> {
                        if (event.phase() == phase) {
                          reached.countDown();
                        }
                      });
          Thread repairing = new Thread(() -> tryToRepair(repair));
          repairing.start();
          reached.await();
          Thread.sleep(random.nextInt(400));
          server.killAndRestart();
          repairing.join();
        }
        ClickPy clickpy = server.connect(database);
        assertRepaired("server killed", round, clickpy);
        TestServer.dropAndClose(clickpy);
      }
    }
  }

  private void load(ClickPy clickpy) {
    ParquetLoader.into(clickpy)
        .lease(LoadingProgram.LEASE)
        .from(ParquetSource.local(folder.resolve("wrong.parquet")))
        .load()
        .throwIfFailed();
  }

  private static DayRepair repair(ClickPy clickpy) {
    return DayRepair.of(clickpy).lease(LoadingProgram.LEASE);
  }

  private void tryToRepair(DayRepair repair) {
    try {
      repair.replace(DayRepairTestBase.DAY, source());
    } catch (ClickPyException e) {
      // Called again below.
    }
  }

  private ParquetSource source() {
    return ParquetSource.local(folder.resolve("right.parquet"));
  }

  private void assertRepaired(String what, int round, ClickPy clickpy)
      throws InterruptedException, IOException {
    RepairReport report = repairUntilDone(clickpy);
    assertThat(report.rowsBefore())
        .as("%s, round %s", what, round)
        .isEqualTo(DayRepairTestBase.of(wrong, DayRepairTestBase.DAY).size());
    assertThat(Tables.rows(clickpy))
        .as("%s, round %s", what, round)
        .isEqualTo(Tables.expected(repaired));
    Tables.assertRollupsEqualRaw(clickpy);

    repair(clickpy).undo(DayRepairTestBase.DAY);
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(wrong));
    Tables.assertRollupsEqualRaw(clickpy);
    if (ROUNDS > 1) {
      System.out.println(what + ", round " + round + ": repaired");
    }
  }

  /** The dead count as alive until their lease is over. */
  private RepairReport repairUntilDone(ClickPy clickpy) throws InterruptedException {
    while (true) {
      try {
        return repair(clickpy).replace(DayRepairTestBase.DAY, source());
      } catch (ClickPyException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        Thread.sleep(200);
      }
    }
  }
}
