package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of a change that is more than a list of them, one by one and only while the
 * lease is held.
 */
final class Work {
  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  private final ClickPy clickpy;
  private final Lease lease;
  private final MigrationListener listener;
  private final int version;
  private final int ordinal;

  /**
   * Work for a statement of a migration.
   *
   * @param version the migration's number; 0 for none
   * @param ordinal the statement's number in it; 0 for none
   */
  Work(ClickPy clickpy, Lease lease, MigrationListener listener, int version, int ordinal) {
    this.clickpy = clickpy;
    this.lease = lease;
    this.listener = listener;
    this.version = version;
    this.ordinal = ordinal;
  }

  ClickPy clickpy() {
    return clickpy;
  }

  /** Returns a number that nobody who worked before has had. */
  long generation() {
    return lease.generation();
  }

  /** Runs a statement that does no harm when it is run again. */
  void run(String sql) {
    run(Command.of(sql).repeatable());
  }

  /** Runs a statement, and lets the listener hear of it. */
  void run(Command command) {
    PlannedStatement statement =
        new PlannedStatement(version, ordinal, command.sql(), Optional.empty());
    listener.starting(statement);
    lease.requireHeld();
    LOG.debug("V{} statement {}: {}", version, ordinal, command.sql());
    command.execute(clickpy);
    listener.finished(statement);
  }

  void report(FillProgress progress) {
    LOG.debug("{}", progress);
    listener.filling(progress);
  }
}
