package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads whose program or server is killed, again and again, until they are done.
 *
 * <p>{@code -Dclickpy.crashes=N} makes that N rounds of each test, each another, instead of one;
 * {@code -Dclickpy.seed=S} begins with another round than the first.
 */
@Tag("slow")
class LoaderCrashIT extends LoadingProgramTestBase {
  private static final int ROUNDS = Integer.getInteger("clickpy.crashes", 1);
  private static final int FIRST = Integer.getInteger("clickpy.seed", 1);
  private static final int KILLS = Math.min(ROUNDS, 2);

  @TempDir Path data;

  @Test
  void loadersThatAreKilledCountNothingTwice() throws Exception {
    for (int round = FIRST; round < FIRST + ROUNDS; round++) {
      Random random = new Random(round);
      ClickPy clickpy = TestServer.connectToEmptyDatabase();
      try {
        Tables.create(clickpy);
        for (int kill = 0; kill < KILLS; kill++) {
          Process loader = start(clickpy);
          waitForAMoment(random, clickpy, loader::isAlive);
          // The one is kill -9; the other lets the JVM shut down.
          (random.nextInt(4) > 0 ? loader.destroyForcibly() : destroyed(loader)).waitFor();
        }
        assertThat(start(clickpy).waitFor()).isZero();
        assertCountedOnce("loaders killed", round, clickpy);
      } finally {
        TestServer.dropAndClose(clickpy);
      }
    }
  }

  private static Process destroyed(Process process) {
    process.destroy();
    return process;
  }

  @Test
  void ofThreeLoadersOneIsKilledAndTheOthersDoItsWork() throws Exception {
    for (int round = FIRST; round < FIRST + ROUNDS; round++) {
      Random random = new Random(round);
      ClickPy clickpy = TestServer.connectToEmptyDatabase();
      try {
        Tables.create(clickpy);
        List<Process> loaders = List.of(start(clickpy), start(clickpy), start(clickpy));
        waitForAMoment(random, clickpy, loaders.get(0)::isAlive);
        loaders.get(0).destroyForcibly().waitFor();
        assertThat(loaders.get(1).waitFor()).isZero();
        assertThat(loaders.get(2).waitFor()).isZero();
        assertCountedOnce("one of three killed", round, clickpy);
      } finally {
        TestServer.dropAndClose(clickpy);
      }
    }
  }

  @Test
  void aServerThatIsKilledCountsNothingTwice() throws Exception {
    try (KillableServer server = KillableServer.start(data)) {
      for (int round = FIRST; round < FIRST + ROUNDS; round++) {
        Random random = new Random(round);
        DatabaseName database = DatabaseName.of("round_" + round);
        server.create(database).close();
        for (int kill = 0; kill < KILLS; kill++) {
          // One that knows nothing of connections to servers that are dead.
          try (ClickPy clickpy = server.connect(database)) {
            Thread loading = new Thread(() -> tryToLoad(clickpy));
            loading.start();
            waitForAMoment(random, clickpy, loading::isAlive);
            server.killAndRestart();
            loading.join();
          }
        }
        ClickPy clickpy = server.connect(database);
        loader(clickpy).load().throwIfFailed();
        assertCountedOnce("server killed", round, clickpy);
        TestServer.dropAndClose(clickpy);
      }
    }
  }

  private void tryToLoad(ClickPy clickpy) {
    try {
      loader(clickpy).load();
    } catch (ClickPyException e) {
      // The server was away when it began.
    }
  }

  private ParquetLoader loader(ClickPy clickpy) {
    return ParquetLoader.into(clickpy)
        .lease(LoadingProgram.LEASE)
        .from(ParquetSource.local(folder));
  }
}
