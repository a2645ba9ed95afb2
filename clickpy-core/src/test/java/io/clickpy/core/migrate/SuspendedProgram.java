package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A program of its own that migrates and, before its first statement, says so and waits for a line:
 * endpoint, database. Prints the reason and the message of what stops it.
 */
final class SuspendedProgram {
  static final String WAITING = "waiting";
  static final Duration LEASE_TIME = Duration.ofSeconds(1);

  private SuspendedProgram() {}

  public static void main(String[] args) {
    ClickPyConfig config = ClickPyConfig.builder(args[0]).database(args[1]).build();
    try (ClickPy clickpy = ClickPy.connect(config)) {
      SchemaMigrator.of(clickpy).leaseTime(LEASE_TIME).listener(new Wait()).migrate();
    } catch (MigrationException e) {
      System.out.println(e.reason() + " " + e.getMessage());
    }
  }

  private static final class Wait implements MigrationListener {
    @Override
    public void starting(PlannedStatement statement) {
      if (statement.version() == 1 && statement.ordinal() == 1) {
        System.out.println(WAITING);
        try {
          System.in.read();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
