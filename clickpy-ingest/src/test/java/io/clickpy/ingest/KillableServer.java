package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.nio.file.Path;

/** A server that is killed and comes back with the same data at the same address. Close it. */
final class KillableServer implements AutoCloseable {
  private final Path data;
  private EmbeddedClickHouse server;

  private KillableServer(Path data) {
    this.data = data;
    this.server = EmbeddedClickHouse.builder().dataDirectory(data).start();
  }

  static KillableServer start(Path data) {
    return new KillableServer(data);
  }

  void killAndRestart() {
    int port = server.endpoint().getPort();
    server.process().destroyForcibly();
    server.close();
    server = EmbeddedClickHouse.builder().dataDirectory(data).httpPort(port).start();
  }

  ClickPy connect(DatabaseName database) {
    return ClickPy.connect(
        ClickPyConfig.builder(server.endpoint()).database(database.value()).build());
  }

  /** Creates a database with all tables, and connects to it. */
  ClickPy create(DatabaseName database) {
    ClickPy clickpy = connect(database);
    Command.of("CREATE DATABASE " + database)
        .inDatabase(DatabaseName.of("system"))
        .execute(clickpy);
    Tables.create(clickpy);
    return clickpy;
  }

  @Override
  public void close() {
    server.close();
  }
}
