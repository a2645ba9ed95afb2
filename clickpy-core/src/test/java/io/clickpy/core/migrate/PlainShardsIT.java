package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.TestShards;
import io.clickpy.core.migrate.Difference.Kind;
import io.clickpy.core.migrate.MigrationException.Reason;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers without Keeper as two shards, each migrated by itself. */
@Tag("slow")
class PlainShardsIT {
  private static final Topology TOPOLOGY = Topology.shards(TestShards.CLUSTER);

  private static TestShards shards;

  private List<ClickPy> connections;
  private ClickPy clickpy;
  private SchemaMigrator migrator;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shards = TestShards.start(directory);
  }

  @AfterAll
  static void stop() {
    shards.close();
  }

  @BeforeEach
  void migrate() {
    String database = "test_" + UUID.randomUUID().toString().replace("-", "");
    connections =
        shards.connections().stream()
            .map(
                shard ->
                    ClickPy.connect(
                        ClickPyConfig.builder(shard.config().endpoint())
                            .database(database)
                            .build()))
            .toList();
    connections.forEach(shard -> SchemaMigrator.of(shard).topology(TOPOLOGY).migrate());
    clickpy = connections.get(0);
    migrator = SchemaMigrator.of(clickpy).topology(TOPOLOGY);
  }

  @AfterEach
  void drop() {
    for (ClickPy shard : connections) {
      try (shard) {
        Command.of("DROP DATABASE %s SYNC".formatted(shard.database()))
            .inDatabase(DatabaseName.of("system"))
            .execute(shard);
      }
    }
  }

  private void run(String sql) {
    Command.of(sql).execute(clickpy);
  }

  @Test
  void everyServerHasEveryNameAndTheLocalTables() {
    PypiSchema schema = PypiSchema.ofDefaults();
    List<String> local =
        Stream.concat(Stream.of(schema.downloads()), schema.rollups().stream())
            .map(Table::local)
            .map(Table::name)
            .toList();

    for (ClickPy shard : connections) {
      assertThat(Query.of("SHOW TABLES", row -> row.string("name")).fetch(shard))
          .containsAll(schema.names())
          .containsAll(local)
          .hasSize(schema.names().size() + local.size() + 1);
    }
  }

  @Test
  void migratedShardsAreCurrentAndAsDescribed() {
    for (ClickPy shard : connections) {
      SchemaMigrator each = SchemaMigrator.of(shard).topology(TOPOLOGY);
      assertThat(each.migrate().wasCurrent()).isTrue();
      assertThat(each.plan().isEmpty()).isTrue();
      assertThat(each.status())
          .extracting(MigrationStatus::state)
          .containsOnly(MigrationState.APPLIED);
      assertThat(each.diff()).isEmpty();
      each.validate();
    }
  }

  @Test
  void twoPrefixesOnTheSameShardsKnowNothingOfEachOther() {
    PypiSchema other = PypiSchema.withPrefix("other_");
    connections.forEach(
        shard -> SchemaMigrator.of(shard).topology(TOPOLOGY).schema(other).migrate());

    insert("pypi", "numpy");
    insert("other_pypi", "pandas");
    insert("other_pypi", "scipy");

    assertThat(total("pypi_downloads")).isEqualTo(1);
    assertThat(total("other_pypi_downloads")).isEqualTo(2);
    assertThat(migrator.diff()).isEmpty();
    assertThat(migrator.schema(other).diff()).isEmpty();
  }

  private void insert(String table, String project) {
    String row = "2024-01-01\t" + project + "\n";
    Insert.into(
            table + " (date, project)",
            "TabSeparated",
            out -> out.write(row.getBytes(StandardCharsets.UTF_8)))
        .setting("distributed_foreground_insert", "1")
        .execute(clickpy);
  }

  private long total(String rollup) {
    return Query.of("SELECT sum(count) AS n FROM " + rollup, row -> row.longValue("n"))
        .fetch(clickpy)
        .get(0);
  }

  @Test
  void missingLocalTable() {
    run("DROP TABLE pypi_downloads_local");

    assertThat(migrator.diff())
        .containsExactly(
            new Difference("pypi_downloads_local", Kind.MISSING, "pypi_downloads_local", ""));
  }

  @Test
  void alteredLocalTable() {
    run("ALTER TABLE pypi_local ADD COLUMN ci Bool");

    assertThat(migrator.diff())
        .containsExactly(new Difference("pypi_local", Kind.COLUMN, "", "ci Bool"));
  }

  @Test
  void missingDistributedTable() {
    run("DROP TABLE pypi_downloads");

    assertThat(migrator.diff())
        .containsExactly(new Difference("pypi_downloads", Kind.MISSING, "pypi_downloads", ""));
  }

  @Test
  void distributedByAnotherKey() {
    run("DROP TABLE pypi_downloads");
    run(
        "CREATE TABLE pypi_downloads (project String, count Int64)"
            + " ENGINE = Distributed('pair', '%s', 'pypi_downloads_local', rand())"
                .formatted(clickpy.database()));

    String text =
        "CREATE TABLE pypi_downloads (`project` String, `count` Int64)"
            + " ENGINE = Distributed('pair', '%s', 'pypi_downloads_local', %s)";
    assertThat(migrator.diff())
        .containsExactly(
            new Difference(
                "pypi_downloads",
                Kind.DEFINITION,
                text.formatted(clickpy.database(), "cityHash64(project)"),
                text.formatted(clickpy.database(), "rand()")));
  }

  @Test
  void clusterThatTheServerDoesNotKnowIsRefused() {
    assertUnfit(
        Topology.shards("pears"),
        "Cannot migrate plain shards of 'pears': the server knows no such cluster. Define it in the servers' remote_servers.");
    assertUnfit(
        Topology.shards("{cluster}"),
        "Cannot migrate plain shards of '{cluster}': the server knows no such cluster. Define it in the servers' remote_servers.");
  }

  private void assertUnfit(Topology topology, String message) {
    SchemaMigrator other =
        SchemaMigrator.of(clickpy).topology(topology).schema(PypiSchema.withPrefix("other_"));

    assertThatThrownBy(other::migrate)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNFIT_CLUSTER))
        .hasMessage(message);
    assertThat(TestDatabase.definitions(clickpy).keySet())
        .noneMatch(name -> name.startsWith("other_"));
  }

  @Test
  void databaseOfAnotherTopologyIsRefused() {
    assertThatThrownBy(() -> SchemaMigrator.of(clickpy).migrate())
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_TOPOLOGY))
        .hasMessage(
            "Cannot use database %s as a single server: it was migrated as plain shards. Name that one with topology(…), or migrate another database."
                .formatted(clickpy.database()));
  }
}
