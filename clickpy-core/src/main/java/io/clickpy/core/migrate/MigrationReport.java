package io.clickpy.core.migrate;

import java.time.Duration;
import java.util.List;

/**
 * What a call of {@link SchemaMigrator#migrate()} did.
 *
 * @param version the number of the newest migration that the database now has
 * @param executed the statements that this call ran; those run before, or by another program
 *     meanwhile, are not among them
 * @param elapsed how long the call took, waiting for another program included
 */
public record MigrationReport(int version, List<PlannedStatement> executed, Duration elapsed) {
  /** Copies the list. */
  public MigrationReport {
    executed = List.copyOf(executed);
  }

  /** Returns whether there was nothing to do. */
  public boolean wasCurrent() {
    return executed.isEmpty();
  }

  @Override
  public String toString() {
    return wasCurrent()
        ? "The schema is current (version %d).".formatted(version)
        : "Brought the schema to version %d with %d statements in %d ms."
            .formatted(version, executed.size(), elapsed.toMillis());
  }
}
