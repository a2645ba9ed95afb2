package io.clickpy.benchmarks.peers;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * ClickLoad's scheme: a worker has copies of the tables, and of the views between them, in a
 * database of its own, inserts a chunk of files there one by one, and then moves every partition
 * into the live tables. Here one chunk is all files, which is what suits the scheme best. What it
 * does for exactly-once loading beyond that, a queue of tasks in Keeper, is left out.
 */
public final class ClickLoad {
  private final ClickPy live;
  private final ClickPy staging;

  /**
   * Prepares a worker.
   *
   * @param live the database with the tables of {@link ClickPySchema}, without views
   * @param staging an empty database
   */
  public ClickLoad(ClickPy live, ClickPy staging) {
    this.live = live;
    this.staging = staging;
    ClickPySchema.create(staging);
  }

  /**
   * Loads files.
   *
   * @param threads how many the server may insert with
   */
  public void load(List<Path> files, int threads) {
    for (Path file : files) {
      ServerSideInsert.run(
          staging,
          file,
          ClickPySchema.RAW,
          Map.of(
              "max_insert_threads",
              Integer.toString(threads),
              "min_insert_block_size_rows",
              "10000000",
              "min_insert_block_size_bytes",
              "0"));
    }
    for (String table : ClickPySchema.tables()) {
      Command.of(
              "ALTER TABLE %1$s.%3$s MOVE PARTITION tuple() TO TABLE %2$s.%3$s"
                  .formatted(staging.database(), live.database(), table))
          .execute(staging);
    }
  }
}
