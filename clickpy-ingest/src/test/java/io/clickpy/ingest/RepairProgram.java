package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;

/** A program to be killed: it replaces a day by a file, and tells how far it is. */
final class RepairProgram {
  private RepairProgram() {}

  public static void main(String[] arguments) {
    try (ClickPy clickpy =
        ClickPy.connect(ClickPyConfig.builder(arguments[0]).database(arguments[1]).build())) {
      DayRepair.of(clickpy)
          .lease(LoadingProgram.LEASE)
          .listener(event -> System.out.println(event.phase()))
          .replace(DayRepairTestBase.DAY, ParquetSource.local(Path.of(arguments[2])));
    }
  }
}
