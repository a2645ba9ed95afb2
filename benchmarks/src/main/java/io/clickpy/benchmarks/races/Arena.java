package io.clickpy.benchmarks.races;

import com.clickhouse.client.api.Client;
import io.clickpy.benchmarks.race.Environment;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The server that a race runs on, with a database for each who needs one. Close it. */
final class Arena implements AutoCloseable {
  private final double loadBefore = Environment.loadAverage();
  private final EmbeddedClickHouse server = EmbeddedClickHouse.start();
  private int databases;

  URI endpoint() {
    return server.endpoint();
  }

  /** Creates a database and connects to it; whoever asks closes the connection. */
  ClickPy newDatabase(String name) {
    return connect(created(name + "_" + ++databases));
  }

  private DatabaseName created(String name) {
    DatabaseName database = DatabaseName.of(name);
    try (ClickPy clickpy = connect(database)) {
      Command.of("CREATE DATABASE " + database)
          .inDatabase(DatabaseName.of("system"))
          .execute(clickpy);
    }
    return database;
  }

  ClickPy connect(DatabaseName database) {
    return ClickPy.connect(
        ClickPyConfig.builder(server.endpoint())
            .database(database.value())
            .limits(QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofHours(1)))
            .build());
  }

  /** Drops the database of a connection, waits until it is gone, and closes the connection. */
  void drop(ClickPy clickpy) {
    try (clickpy) {
      Command.of("DROP DATABASE " + clickpy.database() + " SYNC")
          .inDatabase(DatabaseName.of("system"))
          .execute(clickpy);
    }
  }

  Environment environment() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("ClickHouse", server.engineVersion());
    versions.put("client-v2 and clickhouse-jdbc", Client.clientVersion);
    return Environment.now(versions, loadBefore);
  }

  /** Returns the only number that a question answers. */
  static long number(ClickPy clickpy, String sql) {
    return Query.of("SELECT toInt64(" + sql + ") AS n", row -> row.longValue("n"))
        .fetch(clickpy)
        .get(0);
  }

  /**
   * Returns what a table has.
   *
   * @param what {@code rows} or {@code bytes_on_disk}
   */
  static long size(ClickPy clickpy, String table, String what) {
    return number(
        clickpy,
        "(SELECT sum(%s) FROM system.parts WHERE active AND database = '%s' AND table = '%s')"
            .formatted(what, clickpy.database(), table));
  }

  @Override
  public void close() {
    server.close();
  }
}
