package io.clickpy.core;

import io.clickpy.embedded.EmbeddedClickHouse;
import java.util.UUID;

/**
 * The real ClickHouse that integration tests talk to: the one that {@code CLICKPY_TEST_URL} names,
 * else an embedded one, started once in a JVM.
 *
 * <p>Each connection has a database of its own, so that tests meet nobody's rows.
 */
public final class TestServer {
  private static final String URL = startOrFind();

  private TestServer() {}

  private static String startOrFind() {
    String url = System.getenv("CLICKPY_TEST_URL");
    // An embedded server ends with the JVM.
    return url == null ? start().endpoint().toString() : url;
  }

  private static EmbeddedClickHouse start() {
    return EmbeddedClickHouse.builder()
        // Else the many tables that tests drop hold up its end.
        .setting("database_atomic_delay_before_drop_table_sec", "1")
        .start();
  }

  /** Returns the settings to reach the server, on a database that is not there yet. */
  public static ClickPyConfig.Builder config() {
    return ClickPyConfig.builder(URL)
        .database("clickpy_test_" + UUID.randomUUID().toString().replace("-", ""));
  }

  /** Returns a connection on a database that is not there yet; drop it if you created it. */
  public static ClickPy connect() {
    return ClickPy.connect(config().build());
  }

  /** Returns a connection on a new, empty database. */
  public static ClickPy connectToEmptyDatabase() {
    ClickPy clickpy = connect();
    Command.of("CREATE DATABASE " + clickpy.database())
        .inDatabase(DatabaseName.of("system"))
        .execute(clickpy);
    return clickpy;
  }

  /** Drops the connection's database, if it is there, and closes the connection. */
  public static void dropAndClose(ClickPy clickpy) {
    try (clickpy) {
      Command.of("DROP DATABASE IF EXISTS " + clickpy.database() + " SYNC")
          .inDatabase(DatabaseName.of("system"))
          .execute(clickpy);
    }
  }
}
