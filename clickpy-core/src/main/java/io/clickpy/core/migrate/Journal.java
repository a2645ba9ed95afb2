package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import io.clickpy.core.RowMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table that remembers which statements have run, and who held the lease when.
 *
 * <p>A statement is noted after it has run: after a crash in between it runs again. A note may
 * appear twice, which means nothing.
 */
final class Journal {
  static final String NAME = "clickpy_migrations";

  /** Rows of this version are leases; their ordinal is the lease's generation. */
  private static final int LEASE = 0;

  private final ClickPy clickpy;
  private final String table;
  private final Topology topology;

  Journal(ClickPy clickpy, String prefix, Topology topology) {
    this.clickpy = clickpy;
    this.table = prefix + NAME;
    this.topology = topology;
  }

  String table() {
    return table;
  }

  Topology topology() {
    return topology;
  }

  /** Makes sure that this server has all notes that another has taken. */
  void await() {
    topology.awaitJournal(table, clickpy);
  }

  /** Returns a question about the notes, that sees all of them. */
  <R> Query<R> query(String sql, RowMapper<R> mapper) {
    Query<R> query = Query.of(sql, mapper);
    for (Map.Entry<String, String> setting : topology.journalSettings().entrySet()) {
      query = query.setting(setting.getKey(), setting.getValue());
    }
    return query;
  }

  /** Reads all notes; empty if the table or its database does not exist. */
  Optional<List<Entry>> read() {
    try {
      return Optional.of(
          query(
                  "SELECT version, ordinal, description, checksum, finished_at FROM "
                      + table
                      + " WHERE version != {lease:UInt32} ORDER BY version, ordinal",
                  row ->
                      new Entry(
                          row.intValue("version"),
                          row.intValue("ordinal"),
                          row.string("description"),
                          row.string("checksum"),
                          row.instant("finished_at")))
              .bind("lease", LEASE)
              .fetch(clickpy));
    } catch (QueryException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Creates the table and its database if they do not exist.
   *
   * @param check runs before the table is created
   */
  void create(Runnable check) {
    // It may exist here and not yet on another server of a cluster.
    if (!topology.onCluster().isEmpty() || !databaseExists()) {
      Command.of(createDatabase())
          .inDatabase(DatabaseName.of("system"))
          .repeatable()
          .execute(clickpy);
    }
    check.run();
    Command.of(createTable()).repeatable().execute(clickpy);
  }

  String createDatabase() {
    return "CREATE DATABASE IF NOT EXISTS " + clickpy.database() + topology.onCluster();
  }

  String createTable() {
    return "CREATE TABLE IF NOT EXISTS %s%s (version UInt32, ordinal UInt64, description String,"
            .formatted(table, topology.onCluster())
        + " statement String, checksum String,"
        + " finished_at DateTime64(3, 'UTC') DEFAULT now64(3))"
        + " ENGINE = %s ORDER BY (version, ordinal)"
            .formatted(topology.journalEngine(table, clickpy.database()));
  }

  private boolean databaseExists() {
    try {
      return !Query.of("SELECT 1 AS one", row -> row.intValue("one")).fetch(clickpy).isEmpty();
    } catch (QueryException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  void note(History.Pending executed) {
    insert(
        executed.migration().version(),
        executed.ordinal(),
        executed.migration().description(),
        executed.statement().sql(),
        executed.checksum());
  }

  void noteLease(long generation, String owner) {
    insert(LEASE, generation, "lease of " + owner, "", "");
  }

  private void insert(
      int version, long ordinal, String description, String statement, String checksum) {
    Command.of(
            "INSERT INTO %s (version, ordinal, description, statement, checksum)".formatted(table)
                + " SELECT {version:UInt32}, {ordinal:UInt64}, {description:String},"
                + " {statement:String}, {checksum:String}")
        .bind("version", version)
        .bind("ordinal", ordinal)
        .bind("description", description)
        .bind("statement", statement)
        .bind("checksum", checksum)
        .repeatable()
        .execute(clickpy);
  }

  /** A note. */
  record Entry(int version, int ordinal, String description, String checksum, Instant finishedAt) {}
}
