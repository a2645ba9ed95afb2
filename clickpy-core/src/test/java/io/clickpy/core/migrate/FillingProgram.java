package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;

/**
 * A program of its own that adds rollups and is killed in a statement: endpoint, database, which.
 */
final class FillingProgram {
  private FillingProgram() {}

  public static void main(String[] args) {
    ClickPyConfig config = ClickPyConfig.builder(args[0]).database(args[1]).build();
    try (ClickPy clickpy = ClickPy.connect(config)) {
      RollupFillIT.adding(clickpy)
          .leaseTime(MigratingProgram.LEASE_TIME)
          .listener(
              new RollupFillCrashIT.InStatement(
                  Integer.parseInt(args[2]),
                  () -> Runtime.getRuntime().halt(MigratingProgram.KILLED)))
          .migrate();
    }
  }
}
