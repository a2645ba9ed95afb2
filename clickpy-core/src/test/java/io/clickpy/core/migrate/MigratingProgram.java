package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import java.time.Duration;

/** A program of its own that migrates and is killed at a point: endpoint, database, point. */
final class MigratingProgram {
  static final int KILLED = 137;
  static final Duration LEASE_TIME = Duration.ofSeconds(2);

  private MigratingProgram() {}

  public static void main(String[] args) {
    ClickPyConfig config = ClickPyConfig.builder(args[0]).database(args[1]).build();
    try (ClickPy clickpy = ClickPy.connect(config)) {
      SchemaMigrator.of(clickpy)
          .leaseTime(LEASE_TIME)
          .listener(
              new MigrationCrashIT.AtPoint(
                  Integer.parseInt(args[2]), point -> Runtime.getRuntime().halt(KILLED)))
          .migrate();
    }
  }
}
