package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.Credentials;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import io.clickpy.core.access.AccessControl;
import io.clickpy.core.access.ReaderLimits;
import io.clickpy.core.country.CountryCodes;
import io.clickpy.core.migrate.MigrationException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** Two shards with a Keeper, in containers: what the embedded engine has no means for. */
@EnabledIf(
    value = "dockerRuns",
    disabledReason = "No Docker here: a cluster with a Keeper was not tried.")
class ClusterContainerIT {
  /** The oldest release that the migrator accepts; supported until August 2026. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("clickhouse/clickhouse-server:25.8");

  private static final Topology TOPOLOGY = Topology.cluster("{cluster}");
  private static final Credentials ADMIN = new Credentials("admin", "admin-secret");

  private static Network network;
  private static List<GenericContainer<?>> servers = List.of();
  private static List<ClickPy> connections = List.of();

  static boolean dockerRuns() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void start() {
    network = Network.newNetwork();
    servers = List.of(server(1), server(2));
    // The second needs the Keeper that runs in the first.
    servers.forEach(GenericContainer::start);
    connections = servers.stream().map(server -> connect(server, ADMIN)).toList();
    SchemaMigrator.of(connections.get(0)).topology(TOPOLOGY).migrate();
  }

  @SuppressWarnings("resource") // Stopped behind the tests.
  private static GenericContainer<?> server(int number) {
    return new GenericContainer<>(IMAGE)
        .withNetwork(network)
        .withNetworkAliases("server" + number)
        .withEnv("CLICKHOUSE_USER", ADMIN.user())
        .withEnv("CLICKHOUSE_PASSWORD", ADMIN.password())
        .withEnv("CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT", "1")
        .withCopyToContainer(
            Transferable.of(config(number)), "/etc/clickhouse-server/config.d/cluster.xml")
        .withExposedPorts(8123)
        .waitingFor(Wait.forHttp("/ping").forPort(8123));
  }

  private static String config(int number) {
    String keeper =
        """
          <keeper_server>
            <tcp_port>9181</tcp_port>
            <server_id>1</server_id>
            <log_storage_path>/var/lib/clickhouse/coordination/log</log_storage_path>
            <snapshot_storage_path>/var/lib/clickhouse/coordination/snapshots</snapshot_storage_path>
            <raft_configuration>
              <server><id>1</id><hostname>server1</hostname><port>9234</port></server>
            </raft_configuration>
          </keeper_server>
        """;
    String shards =
        IntStream.of(1, 2)
            .mapToObj(
                shard ->
                    "<shard><internal_replication>true</internal_replication>"
                        + "<replica><host>server%d</host><port>9000</port></replica></shard>"
                            .formatted(shard))
            .collect(Collectors.joining());
    return """
        <clickhouse>
          <listen_host>0.0.0.0</listen_host>
          <remote_servers replace="true"><pair><secret>shared</secret>%s</pair></remote_servers>
          <macros><cluster>pair</cluster><shard>%d</shard><replica>r1</replica></macros>
          <zookeeper><node><host>server1</host><port>9181</port></node></zookeeper>
          <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
        %s
        </clickhouse>
        """
        .formatted(shards, number, number == 1 ? keeper : "");
  }

  private static ClickPy connect(GenericContainer<?> server, Credentials user) {
    return ClickPy.connect(
        ClickPyConfig.builder("http://" + server.getHost() + ":" + server.getMappedPort(8123))
            .credentials(user)
            .build());
  }

  @AfterAll
  static void stop() {
    connections.forEach(ClickPy::close);
    servers.forEach(GenericContainer::stop);
    if (network != null) {
      network.close();
    }
  }

  @Test
  void oneCallMigratesAllServers() {
    for (ClickPy clickpy : connections) {
      SchemaMigrator migrator = SchemaMigrator.of(clickpy).topology(TOPOLOGY);
      assertThat(migrator.migrate().wasCurrent()).isTrue();
      assertThat(migrator.diff()).isEmpty();
      migrator.validate();
      assertThat(countries(clickpy)).isEqualTo(CountryCodes.names().size());
    }
  }

  private static long countries(ClickPy clickpy) {
    Command.of("SYSTEM SYNC REPLICA countries").execute(clickpy);
    return TestDatabase.count(clickpy, "countries");
  }

  @Test
  void programsOnDifferentServersTakeTurns() throws Exception {
    List<ClickPy> elsewhere =
        servers.stream()
            .map(
                server ->
                    ClickPy.connect(
                        ClickPyConfig.builder(
                                "http://" + server.getHost() + ":" + server.getMappedPort(8123))
                            .credentials(ADMIN)
                            .database("turns")
                            .build()))
            .toList();
    ExecutorService programs = Executors.newFixedThreadPool(4);
    try {
      List<Callable<MigrationReport>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ClickPy clickpy = elsewhere.get(i % 2);
        all.add(() -> SchemaMigrator.of(clickpy).topology(TOPOLOGY).migrate());
      }
      List<MigrationReport> reports = new ArrayList<>();
      for (Future<MigrationReport> report : programs.invokeAll(all)) {
        reports.add(report.get());
      }

      assertThat(reports).filteredOn(report -> !report.wasCurrent()).hasSize(1);
      assertThat(countries(elsewhere.get(1))).isEqualTo(CountryCodes.names().size());
    } finally {
      programs.shutdownNow();
      elsewhere.forEach(ClickPy::close);
    }
  }

  @Test
  void equalInsertsAreTwoInsertsAndEachProjectIsOnOneShard() {
    byte[] rows =
        IntStream.range(0, 100)
            .mapToObj(i -> "2024-01-01\tproject" + i + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2; i++) {
      Insert.into("pypi (date, project)", "TabSeparated", out -> out.write(rows))
          .setting("distributed_foreground_insert", "1")
          .execute(connections.get(0));
    }

    for (ClickPy clickpy : connections) {
      assertThat(
              Query.of(
                      "SELECT project, sum(count) AS n, uniqExact(_shard_num) AS shards"
                          + " FROM pypi_downloads GROUP BY project",
                      row -> row.longValue("n") * 10 + row.longValue("shards"))
                  .fetch(clickpy))
          .hasSize(100)
          .containsOnly(21L);
    }
  }

  @Test
  void databaseOfTheClusterIsNoSingleServer() {
    assertThatThrownBy(() -> SchemaMigrator.of(connections.get(0)).migrate())
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_TOPOLOGY));
  }

  @Test
  void readersAreMadeBySqlOnAllServersAndConverge() {
    AccessControl access =
        AccessControl.of(connections.get(0).database(), "it's a \\ secret").topology(TOPOLOGY);
    access.limits(ReaderLimits.ofDefaults().withMaxResultRows(7)).apply(connections.get(0));
    Command.of("GRANT%s SELECT ON system.users TO play".formatted(TOPOLOGY.onCluster()))
        .execute(connections.get(0));
    access.limits(ReaderLimits.ofDefaults().withMaxResultRows(5)).apply(connections.get(1));

    for (GenericContainer<?> server : servers) {
      try (ClickPy play = connect(server, new Credentials("play", "it's a \\ secret"))) {
        Query<String> countries = Query.of("SELECT name FROM countries", row -> row.string("name"));
        assertThatThrownBy(() -> countries.fetch(play))
            .isInstanceOfSatisfying(
                QueryException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
        assertThat(
                Query.of("SELECT name FROM countries LIMIT 5", row -> row.string("name"))
                    .fetch(play))
            .hasSize(5);
        assertDenied(() -> Command.of("DROP TABLE pypi").execute(play));
        assertDenied(
            () -> Query.of("SELECT name FROM system.users", row -> row.string("name")).fetch(play));
      }
    }
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED));
  }
}
