package io.clickpy.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.TestShards;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.migrate.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same downloads on one server and, through one server, on two shards. */
@Tag("slow")
class ShardedRollupsIT {
  private static final int ROWS = 10_000;
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();

  private static ClickPy single;
  private static TestShards shards;

  @BeforeAll
  static void insertDownloads(@TempDir Path directory) {
    single = TestServer.connect();
    SchemaMigrator.of(single).migrate();
    shards = TestShards.start(directory);
    Topology topology = Topology.shards(TestShards.CLUSTER);
    shards.connections().forEach(shard -> SchemaMigrator.of(shard).topology(topology).migrate());
    // Two inserts, so that the rollups hold rows of equal dimensions that still have to be merged.
    Random random = new Random(20240813);
    insert(RollupsIT.downloads(random, ROWS / 2));
    insert(RollupsIT.downloads(random, ROWS - ROWS / 2));
    shards.flush("pypi");
  }

  private static void insert(byte[] rows) {
    Insert insert = Insert.into("pypi", "TabSeparated", out -> out.write(rows));
    insert.execute(single);
    insert.execute(shards.first());
  }

  @AfterAll
  static void stop() {
    shards.close();
    TestServer.dropAndClose(single);
  }

  static Stream<Rollup> rollups() {
    return SCHEMA.rollups().stream();
  }

  @ParameterizedTest
  @MethodSource("rollups")
  void aRollupOfAllShardsIsThatOfOneServer(Rollup rollup) {
    List<String> columns = rollup.columns().stream().map(Column::name).toList();
    List<List<String>> expected =
        RollupsIT.rows(single, columns, rollup.selectFrom(SCHEMA.downloads()));

    assertThat(expected).isNotEmpty();
    for (ClickPy shard : shards.connections()) {
      assertThat(RollupsIT.rows(shard, columns, rollup.selectFrom(rollup))).isEqualTo(expected);
    }
  }

  static Stream<Arguments> dimensions() {
    return rollups()
        .flatMap(rollup -> rollup.dimensions().stream().map(d -> Arguments.of(rollup, d)));
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void eachDimensionOfARollupIsThatOfOneServer(Rollup rollup, Dimension dimension) {
    String measures = String.join(", ", rollup.measure().aggregates(rollup));
    String select =
        "SELECT %1$s AS value, tuple(%2$s) AS measures FROM %3$s AS source GROUP BY value"
            .formatted(dimension.column(), measures, rollup.name());
    List<List<String>> expected = RollupsIT.rows(single, List.of("value", "measures"), select);

    assertThat(expected).isNotEmpty();
    assertThat(RollupsIT.rows(shards.first(), List.of("value", "measures"), select))
        .isEqualTo(expected);
  }

  static Stream<Table> tablesOfProjects() {
    return Stream.<Table>concat(Stream.of(SCHEMA.downloads()), rollups())
        .filter(table -> table.hasColumn("project"));
  }

  @ParameterizedTest
  @MethodSource("tablesOfProjects")
  void allRowsOfAProjectAreOnOneShardAndSomeProjectsOnEach(Table table) {
    record Project(String name, int shard) {}
    List<Project> projects =
        Query.of(
                "SELECT DISTINCT project, _shard_num AS shard FROM " + table.name(),
                row -> new Project(row.string("project"), row.intValue("shard")))
            .fetch(shards.first());

    assertThat(projects).extracting(Project::name).doesNotHaveDuplicates().hasSize(4);
    assertThat(projects).extracting(Project::shard).contains(1, 2);
  }

  @Test
  void everyServerHasTheCountriesAndItsOwnDictionaries() {
    for (ClickPy shard : shards.connections()) {
      assertThat(
              Query.of(
                      "SELECT dictGet('pypi.countries_dict', 'name', 'DE') AS name",
                      row -> row.string("name"))
                  .fetch(shard))
          .containsExactly("Germany");
    }
  }
}
