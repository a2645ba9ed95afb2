package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that insert downloads into the raw table all the time, in one block or in many. */
final class LiveWriters implements AutoCloseable {
  private final ClickPyConfig config;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<Future<Long>> running = new ArrayList<>();
  private volatile boolean stopped;

  private LiveWriters(ClickPyConfig config) {
    this.config = config;
  }

  static LiveWriters start(ClickPy clickpy, int threads) {
    LiveWriters writers = new LiveWriters(clickpy.config());
    for (int i = 0; i < threads; i++) {
      int seed = i;
      writers.running.add(writers.executor.submit(() -> writers.write(seed)));
    }
    return writers;
  }

  private long write(int seed) throws InterruptedException {
    Random random = new Random(seed);
    long rows = 0;
    try (ClickPy clickpy =
        ClickPy.connect(
            ClickPyConfig.builder(config.endpoint())
                .credentials(config.credentials())
                .database(config.database().value())
                .build())) {
      while (!stopped) {
        int size = List.of(1, 10, 300, 1500).get(random.nextInt(4));
        insert(clickpy, size, random.nextInt());
        rows += size;
        Thread.sleep(random.nextInt(250)); // Else merges starve everything else on a small machine.
      }
    }
    return rows;
  }

  /** Inserts downloads of many kinds; more than a thousand in several blocks. */
  static void insert(ClickPy clickpy, int rows, int seed) {
    Command.of(
            "INSERT INTO pypi (date, country_code, project, type, installer, python_minor, system,"
                + " version) SELECT toDate('2023-10-01') + intHash32(number + {seed:Int32}) % 400,"
                + " ['US', 'DE', 'EU', ''][1 + intHash32(number * 3 + {seed:Int32}) % 4],"
                + " concat('project-', toString(intHash32(number * 5 + {seed:Int32}) % 40)),"
                + " ['bdist_wheel', 'sdist'][1 + intHash32(number * 7 + {seed:Int32}) % 2],"
                + " ['pip', 'uv', ''][1 + intHash32(number * 11 + {seed:Int32}) % 3],"
                + " ['3.12', '3.9', ''][1 + intHash32(number * 13 + {seed:Int32}) % 3],"
                + " ['Linux', 'Darwin', ''][1 + intHash32(number * 17 + {seed:Int32}) % 3],"
                + " concat('1.', toString(intHash32(number * 19 + {seed:Int32}) % 5))"
                + " FROM numbers({rows:UInt64})")
        .bind("seed", seed)
        .bind("rows", rows)
        .setting("max_block_size", "1000")
        .setting("min_insert_block_size_rows", "1000")
        .setting("min_insert_block_size_bytes", "0")
        .execute(clickpy);
  }

  /** Stops them, and returns how many rows they have inserted; each insert has succeeded. */
  long stop() {
    stopped = true;
    long rows = 0;
    try {
      for (Future<Long> writer : running) {
        rows += writer.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a writer failed", e.getCause());
    } finally {
      executor.shutdownNow();
    }
    return rows;
  }

  @Override
  public void close() {
    stopped = true;
    executor.shutdownNow();
  }
}
