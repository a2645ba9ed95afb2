package io.clickpy.core.migrate;

/**
 * Hears of each statement of a migration, to show progress. It runs in the thread that migrates; if
 * it throws, the migration stops there, and the next call goes on.
 */
public interface MigrationListener {
  /** Called before a statement runs. */
  default void starting(PlannedStatement statement) {}

  /** Called when a statement has run, before that is noted in the journal. */
  default void finished(PlannedStatement statement) {}

  /**
   * Called now and then while rollups are filled, which takes long where there are many downloads.
   * The statements of that are heard of, too, all under the number of the one that wants it.
   */
  default void filling(FillProgress progress) {}
}
