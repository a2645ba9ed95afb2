package io.clickpy.core;

import io.clickpy.embedded.Cluster;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two embedded servers that know each other as the two shards of a cluster. */
public final class TestShards implements AutoCloseable {
  /** The name of the cluster. */
  public static final String CLUSTER = "pair";

  /** As the guide says: questions whose subqueries read all shards, too. */
  private static final String USERS =
      """
      <clickhouse>
        <profiles>
          <default><distributed_product_mode>global</distributed_product_mode></default>
        </profiles>
        <quotas><default/></quotas>
        <users>
          <default>
            <password/><networks><ip>127.0.0.1</ip></networks>
            <profile>default</profile><quota>default</quota>
          </default>
        </users>
      </clickhouse>
      """;

  private final List<EmbeddedClickHouse> servers;
  private final List<ClickPy> connections;

  private TestShards(List<EmbeddedClickHouse> servers, DatabaseName database) {
    this.servers = servers;
    this.connections =
        servers.stream()
            .map(
                server ->
                    ClickPy.connect(
                        ClickPyConfig.builder(server.endpoint())
                            .database(database.value())
                            .build()))
            .toList();
  }

  /**
   * Starts both, without tables.
   *
   * @param directory for the servers' users; more of them may stand in its {@code users.d}
   */
  public static TestShards start(Path directory) {
    return start(directory, DatabaseName.of(ClickPyConfig.DEFAULT_DATABASE));
  }

  /**
   * Starts both, without tables.
   *
   * @param directory as in {@link #start(Path)}
   * @param database that the connections are to use
   */
  public static TestShards start(Path directory, DatabaseName database) {
    Path users = directory.resolve("users.xml");
    write(users);
    List<Integer> ports = freePorts();
    Cluster cluster =
        Cluster.of(
            CLUSTER, ports.stream().map(port -> new Cluster.Shard("127.0.0.1", port)).toList());
    return new TestShards(
        ports.stream()
            .map(
                port ->
                    EmbeddedClickHouse.builder()
                        .nativePort(port)
                        .cluster(cluster)
                        .usersFile(users)
                        .start())
            .toList(),
        database);
  }

  private static void write(Path users) {
    try {
      Files.writeString(users, USERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each server has to know the other's port before it starts. */
  private static List<Integer> freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return List.of(first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns connections to the servers, in the order of the shards. */
  public List<ClickPy> connections() {
    return connections;
  }

  /** Returns a connection to the first server, which answers for both. */
  public ClickPy first() {
    return connections.get(0);
  }

  /** Waits until the rows that were inserted into a distributed table are on their shards. */
  public void flush(String table) {
    connections.forEach(
        clickpy -> Command.of("SYSTEM FLUSH DISTRIBUTED " + table).execute(clickpy));
  }

  @Override
  public void close() {
    connections.forEach(ClickPy::close);
    servers.forEach(EmbeddedClickHouse::close);
  }
}
