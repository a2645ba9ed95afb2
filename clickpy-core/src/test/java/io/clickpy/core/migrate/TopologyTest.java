package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.schema.PypiSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exact text of what each topology runs, in {@code migrations/*.sql}; {@code
 * -Dgolden.update=true} writes it anew.
 */
class TopologyTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "migrations");

  static Stream<Arguments> topologies() {
    return Stream.of(
        Arguments.of("cloud.sql", Topology.cloud()),
        Arguments.of("cluster.sql", Topology.cluster("{cluster}")),
        Arguments.of("shards.sql", Topology.shards("main-eu")));
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void statementsAreThoseOfTheGoldenFile(String file, Topology topology) throws IOException {
    Target target =
        new Target(
            PypiSchema.ofDefaults(), topology, DatabaseName.of("stats"), Credentials.ofDefaults());
    String script =
        new MigrationPlan(
                Migrations.of(target).stream()
                    .flatMap(
                        m -> Stream.iterate(1, i -> i + 1).limit(m.steps().size()).map(m::planned))
                    .toList())
            .script();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN.resolve(file), script);
    }

    assertThat(script).isEqualTo(Files.readString(GOLDEN.resolve(file)));
  }

  @Test
  void clusterKeepsItsBooksOnEveryServer() {
    try (ClickPy clickpy = ClickPy.connect("http://localhost:8123/stats")) {
      Journal journal = new Journal(clickpy, "x_", Topology.cluster("main"));
      LeaseTables leases = new LeaseTables(clickpy, journal);

      assertThat(
              List.of(
                  journal.createDatabase(),
                  journal.createTable(),
                  leases.createStatement(7, "me", 1000),
                  leases.prolongStatement(7, "me", 2000),
                  leases.dropStatement(7)))
          .containsExactly(
              "CREATE DATABASE IF NOT EXISTS stats ON CLUSTER 'main'",
              "CREATE TABLE IF NOT EXISTS x_clickpy_migrations ON CLUSTER 'main' (version UInt32,"
                  + " ordinal UInt64, description String, statement String, checksum String,"
                  + " finished_at DateTime64(3, 'UTC') DEFAULT now64(3)) ENGINE ="
                  + " ReplicatedMergeTree('/clickhouse/tables/all/stats/x_clickpy_migrations',"
                  + " '{shard}_{replica}') ORDER BY (version, ordinal)",
              "CREATE TABLE x_clickpy_migrations_lock_7 ON CLUSTER 'main' (nothing UInt8)"
                  + " ENGINE = Null COMMENT 'me 1000'",
              "ALTER TABLE x_clickpy_migrations_lock_7 ON CLUSTER 'main' MODIFY COMMENT 'me 2000'",
              "DROP TABLE IF EXISTS x_clickpy_migrations_lock_7 ON CLUSTER 'main'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "it's", "1st", "{cluster", "{}", "x\n", "-a"})
  void nameThatIsNoClusterIsRefused(String name) {
    String message =
        "Invalid cluster name: '%s' (must be a letter or _, then at most 127 letters, digits, _, . or -; or a macro as {cluster})"
            .formatted(name);

    assertThatThrownBy(() -> Topology.cluster(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Topology.shards(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void topologiesAreValues() {
    assertThat(Topology.cluster("a")).isEqualTo(Topology.cluster("a"));
    assertThat(Topology.cluster("a")).isNotEqualTo(Topology.cluster("b"));
    assertThat(Topology.cluster("a")).isNotEqualTo(Topology.shards("a"));
    assertThat(Topology.cluster("a")).hasToString("replicated cluster 'a'");
    assertThat(Topology.singleServer().onCluster()).isEmpty();
    assertThat(Topology.cluster("a").onCluster()).isEqualTo(" ON CLUSTER 'a'");
  }
}
