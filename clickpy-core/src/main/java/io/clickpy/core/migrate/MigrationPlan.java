package io.clickpy.core.migrate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@link SchemaMigrator#migrate()} would run now.
 *
 * @param statements in the order in which they would run; empty if the database is current
 */
public record MigrationPlan(List<PlannedStatement> statements) {
  /** Copies the list. */
  public MigrationPlan {
    statements = List.copyOf(statements);
  }

  /** Returns whether there is nothing to do. */
  public boolean isEmpty() {
    return statements.isEmpty();
  }

  /** Returns the statements as a script, each under its number and its warning if it has one. */
  public String script() {
    return statements.stream().map(MigrationPlan::text).collect(Collectors.joining("\n"));
  }

  private static String text(PlannedStatement statement) {
    return "-- V%04d, statement %d%s%n%s;%n"
        .formatted(
            statement.version(),
            statement.ordinal(),
            statement.warning().map(warning -> "\n-- WARNING: " + warning).orElse(""),
            statement.sql())
        .replace("\r\n", "\n");
  }
}
