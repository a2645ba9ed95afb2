package io.clickpy.core.migrate;

/** Where a migration stands. */
public enum MigrationState {
  /** The database does not have it yet. */
  PENDING,
  /** Some of its statements have run; {@link SchemaMigrator#migrate()} goes on behind them. */
  INTERRUPTED,
  /** The database has it. */
  APPLIED,
  /** The database has it, but with other statements than this program knows. */
  CHANGED,
  /** The database has it, this program does not know it, but knows later ones. */
  MISSING,
  /** The database has it; this program is older and does not know it. */
  NEWER
}
