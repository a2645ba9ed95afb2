package io.clickpy.benchmarks.races;

import io.clickpy.core.ClickPy;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;

/** Loads files, in a JVM whose heap its parent has limited. */
final class LoadInSmallHeap {
  private LoadInSmallHeap() {}

  /**
   * Loads.
   *
   * @param args the endpoint, the database, the directory of the files
   */
  public static void main(String[] args) {
    try (ClickPy clickpy = ClickPy.connect(args[0] + "/" + args[1])) {
      long rows =
          ParquetLoader.into(clickpy)
              .from(ParquetSource.local(Path.of(args[2])))
              .load()
              .throwIfFailed()
              .rowsLoaded();
      System.out.println(rows);
    }
  }
}
