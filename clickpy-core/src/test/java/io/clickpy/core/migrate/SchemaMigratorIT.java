package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaMigratorIT {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  private ClickPy clickpy;
  private SchemaMigrator migrator;

  @BeforeEach
  void connect() {
    clickpy = database.clickpy();
    migrator = SchemaMigrator.of(clickpy);
  }

  @Test
  void migrateCreatesTheDatabaseAndEveryObjectUnderItsName() {
    MigrationReport report = migrator.migrate();

    assertThat(report.version()).isEqualTo(2);
    assertThat(report.wasCurrent()).isFalse();
    assertThat(report.executed()).hasSize(44);
    assertThat(Query.of("SHOW TABLES", row -> row.string("name")).fetch(clickpy))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(PypiSchema.ofDefaults().names().stream(), Stream.of("clickpy_migrations"))
                .toList());
  }

  @Test
  void migratingAgainDoesNothingAndSaysSo() {
    migrator.migrate();
    List<PlannedStatement> heard = new ArrayList<>();

    MigrationReport again = migrator.listener(listening(heard)).migrate();

    assertThat(again.wasCurrent()).isTrue();
    assertThat(again.version()).isEqualTo(2);
    assertThat(again).hasToString("The schema is current (version 2).");
    assertThat(heard).isEmpty();
    assertThat(migrator.plan().isEmpty()).isTrue();
  }

  @Test
  void planShowsWhatMigrateThenRunsAndRunsNothing() {
    MigrationPlan plan = migrator.plan();

    assertThat(databases()).doesNotContain(clickpy.database().value());
    assertThat(migrator.migrate().executed()).isEqualTo(plan.statements());
    assertThat(plan.script())
        .startsWith("-- V0001, statement 1\nCREATE TABLE IF NOT EXISTS pypi (date Date, ")
        .contains("-- V0002, statement 5\nCREATE DICTIONARY IF NOT EXISTS last_updated_dict ");
  }

  @Test
  void planShowsTheWarningOfASlowStatement() {
    SchemaMigrator slow =
        migrator.migrations(
            target ->
                List.of(
                    new Migration(
                        1, "rewrite", List.of(Step.of("SELECT 1").warning("Rewrites all rows.")))));

    assertThat(slow.plan().script())
        .isEqualTo("-- V0001, statement 1\n-- WARNING: Rewrites all rows.\nSELECT 1;\n");
  }

  @Test
  void listenerHearsOfEachStatementBeforeAndAfterIt() {
    List<PlannedStatement> heard = new ArrayList<>();

    MigrationReport report = migrator.listener(listening(heard)).migrate();

    assertThat(heard).isEqualTo(report.executed().stream().flatMap(s -> Stream.of(s, s)).toList());
  }

  @Test
  void statusTellsPendingFromApplied() {
    assertThat(migrator.status())
        .extracting(MigrationStatus::state)
        .containsExactly(MigrationState.PENDING, MigrationState.PENDING);

    migrator.migrate();

    assertThat(migrator.status())
        .allSatisfy(
            status -> {
              assertThat(status.state()).isEqualTo(MigrationState.APPLIED);
              assertThat(status.lastRun()).isPresent();
            })
        .extracting(MigrationStatus::version)
        .containsExactly(1, 2);
  }

  @Test
  void nothingDiffersAfterMigrating() {
    migrator.migrate();

    assertThat(migrator.diff()).isEmpty();
    migrator.validate();
  }

  @Test
  void theTablesOfClickPysServiceAreNotOursToMake() {
    assertThatThrownBy(() -> migrator.schema(PypiSchema.ofClickPy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid schema: PypiSchema[ClickPy's own] (its tables are ClickPy's to make)."
                + " Ask it, or migrate ofDefaults() or withPrefix(...).");
  }

  @Test
  void twoPrefixesLiveInOneDatabase() {
    migrator.migrate();
    SchemaMigrator other = migrator.schema(PypiSchema.withPrefix("other_"));

    assertThat(other.migrate().executed()).hasSize(44);
    insert("pypi", "numpy");
    insert("other_pypi", "numpy");
    insert("other_pypi", "scipy");
    insert("other_projects", "scipy");

    for (Rollup rollup : PypiSchema.ofDefaults().rollups()) {
      if (rollup.hasColumn("project")) {
        assertThat(projects(rollup.name())).containsExactly("numpy");
        assertThat(projects("other_" + rollup.name())).containsExactly("numpy", "scipy");
      }
    }
    assertThat(TestDatabase.count(clickpy, "projects")).isZero();
    assertThat(migrator.diff()).isEmpty();
    assertThat(other.diff()).isEmpty();
    other.validate();
    migrator.validate();
  }

  private void insert(String table, String project) {
    String column = table.endsWith("projects") ? "name" : "project";
    Command.of("INSERT INTO %s (%s) SELECT {project:String}".formatted(table, column))
        .bind("project", project)
        .execute(clickpy);
  }

  private List<String> projects(String rollup) {
    return Query.of(
            "SELECT DISTINCT project FROM " + rollup + " ORDER BY project",
            row -> row.string("project"))
        .fetch(clickpy);
  }

  @Test
  void theServerUnderstandsEveryStatementOfACluster() {
    SchemaMigrator cluster = migrator.topology(Topology.cluster("{cluster}"));
    ClickPy admin = adminOf(clickpy);

    assertThat(cluster.plan().statements())
        .hasSize(64)
        .allSatisfy(
            statement ->
                assertThat(
                        Query.of(
                                "SELECT formatQuery({sql:String}) AS sql", row -> row.string("sql"))
                            .bind("sql", statement.sql())
                            .fetch(admin))
                    .hasSize(1));
  }

  @Test
  void theDialectOfTheCloudMakesTheSameTables() {
    SchemaMigrator cloud = migrator.topology(Topology.cloud());

    cloud.migrate();

    assertThat(cloud.migrate().wasCurrent()).isTrue();
    assertThat(cloud.diff()).isEmpty();
    cloud.validate();
  }

  @Test
  void dictionariesAnswerFromTheMigratedTables() {
    migrator.migrate();
    Command.of(
            "INSERT INTO projects (name, upload_time) VALUES ('Zope.Interface', '2024-05-06 07:08:09')")
        .execute(clickpy);
    String db = clickpy.database().value();

    assertThat(
            Query.of(
                    "SELECT dictGet('%1$s.countries_dict', 'name', 'DE') AS de,".formatted(db)
                        + " dictGet('%1$s.countries_dict', 'name', 'EU') AS eu,".formatted(db)
                        + " dictGet('%1$s.countries_dict', 'name', '') AS none,".formatted(db)
                        + " toString(dictGet('%1$s.last_updated_dict', 'last_update',".formatted(db)
                        + " 'zope-interface')) AS updated",
                    row ->
                        List.of(
                            row.string("de"),
                            row.string("eu"),
                            row.string("none"),
                            row.string("updated")))
                .fetch(clickpy))
        .containsExactly(List.of("Germany", "Europe", "Unknown", "2024-05-06 07:08:09.000"));
  }

  @Test
  void countriesThatSomebodyHasReplacedStayAsTheyAre() {
    assertThatThrownBy(() -> migrator.listener(throwingBefore(2, 4)).migrate())
        .isInstanceOf(Stopped.class);
    Command.of("INSERT INTO countries (name, code) VALUES ('Narnia', 'NN')").execute(clickpy);

    migrator.migrate();

    assertThat(
            Query.of("SELECT name FROM countries WHERE code = 'NN'", row -> row.string("name"))
                .fetch(clickpy))
        .containsExactly("Narnia");
    assertThat(
            Query.of(
                    "SELECT count() AS n FROM countries GROUP BY code HAVING n > 1",
                    row -> row.longValue("n"))
                .fetch(clickpy))
        .isEmpty();
  }

  private List<String> databases() {
    return Query.of("SELECT name FROM system.databases", row -> row.string("name"))
        .fetch(adminOf(clickpy));
  }

  private static ClickPy adminOf(ClickPy clickpy) {
    return ClickPy.connect(
        ClickPyConfig.builder(clickpy.config().endpoint())
            .credentials(clickpy.config().credentials())
            .database("system")
            .build());
  }

  private static MigrationListener listening(List<PlannedStatement> heard) {
    return new MigrationListener() {
      @Override
      public void starting(PlannedStatement statement) {
        heard.add(statement);
      }

      @Override
      public void finished(PlannedStatement statement) {
        heard.add(statement);
      }
    };
  }

  private static MigrationListener throwingBefore(int version, int ordinal) {
    return new MigrationListener() {
      @Override
      public void starting(PlannedStatement statement) {
        if (statement.version() == version && statement.ordinal() == ordinal) {
          throw new Stopped();
        }
      }
    };
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
