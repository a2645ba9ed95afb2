package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Loads whose program is told to stop in the middle, by SIGTERM, and that are begun again.
 *
 * <p>{@code -Dclickpy.shutdowns=N} makes that N rounds of each test, each another and with more
 * stops, instead of one.
 */
@Tag("slow")
class LoaderShutdownIT extends LoadingProgramTestBase {
  private static final int ROUNDS = Integer.getInteger("clickpy.shutdowns", 1);
  private static final int STOPS = ROUNDS > 1 ? 3 : 1;

  /** What a JVM that SIGTERM has ended leaves with. */
  private static final int TERMINATED = 128 + 15;

  @Test
  void aProgramThatIsStoppedIsResumed() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      Random random = new Random(round);
      ClickPy clickpy = TestServer.connectToEmptyDatabase();
      try {
        Tables.create(clickpy);
        for (int stop = 0; stop < STOPS; stop++) {
          stop(start(clickpy), random, clickpy);
        }
        assertThat(start(clickpy).waitFor()).isZero();
        assertCountedOnce("program stopped", round, clickpy);
        // The dead count as alive until their lease is over; what they staged goes with the next
        // load.
        Thread.sleep(LoadingProgram.LEASE.toMillis());
        assertThat(start(clickpy).waitFor()).isZero();
        Tables.assertNothingStaged(clickpy);
      } finally {
        TestServer.dropAndClose(clickpy);
      }
    }
  }

  @Test
  void aLoadThatIsCancelledByAShutdownHookLeavesNothingStaged() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      Random random = new Random(1_000 + round);
      ClickPy clickpy = TestServer.connectToEmptyDatabase();
      try {
        Tables.create(clickpy);
        for (int stop = 0; stop < STOPS; stop++) {
          stop(start(clickpy, LoadingProgram.CANCELLED_BY_A_HOOK), random, clickpy);
          Tables.assertNothingStaged(clickpy);
          Tables.assertRollupsEqualRaw(clickpy);
        }
        assertThat(start(clickpy).waitFor()).isZero();
        assertCountedOnce("load cancelled by a hook", round, clickpy);
      } finally {
        TestServer.dropAndClose(clickpy);
      }
    }
  }

  private static void stop(Process program, Random random, ClickPy clickpy)
      throws InterruptedException {
    waitForAMoment(random, clickpy, program::isAlive);
    program.destroy();
    assertThat(program.waitFor()).isIn(TERMINATED, 0);
  }
}
