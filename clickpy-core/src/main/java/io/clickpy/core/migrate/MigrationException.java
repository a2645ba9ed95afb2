package io.clickpy.core.migrate;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;

/**
 * The schema cannot be brought to, or is not at, the version that this program needs. Errors of the
 * server itself come as {@link io.clickpy.core.QueryException}.
 */
public final class MigrationException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  MigrationException(Reason reason, String message) {
    super(ErrorCode.SCHEMA, message);
    this.reason = reason;
  }

  /** Returns what is wrong. */
  public Reason reason() {
    return reason;
  }

  /** What can be wrong. */
  public enum Reason {
    /** A migration that the database has is not the one that this program knows. */
    CHANGED_MIGRATION,
    /** The database has a migration that this program lacks, though it knows later ones. */
    MISSING_MIGRATION,
    /** The database has migrations later than this program's last. */
    NEWER_DATABASE,
    /** The server is older than what the schema needs. */
    SERVER_TOO_OLD,
    /** The servers are not set up as the {@link Topology} needs them. */
    UNFIT_CLUSTER,
    /** The database holds tables of our names that no migration made. */
    FOREIGN_TABLES,
    /** The database was migrated as another {@link Topology} than this program names. */
    OTHER_TOPOLOGY,
    /** Migrations have not been applied yet. */
    NOT_MIGRATED,
    /** Tables, views or dictionaries were altered or dropped by hand. */
    ALTERED_SCHEMA,
    /** Inserts or loads run all the time, so that no moment without them can be had. */
    WRITERS_BUSY,
    /** A load is being published, or was left half published. */
    UNFINISHED_LOAD,
    /** Rollups are half filled that this program does not know. */
    UNFINISHED_FILL,
    /** Downloads came or went while a rollup was filled, and no view saw it. */
    FILL_DISTURBED,
    /** Rollups are to be filled where the library cannot: on several servers, or on the Cloud. */
    UNFILLED_ROLLUP,
    /** This program was silent for too long, and another may have taken over. */
    LEASE_LOST
  }
}
