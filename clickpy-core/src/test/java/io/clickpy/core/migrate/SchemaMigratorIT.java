package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.MigrationException.Reason;
import io.clickpy.core.schema.PypiSchema;
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
    assertThat(report.executed()).hasSize(34);
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
  void twoPrefixesLiveInOneDatabase() {
    migrator.migrate();
    SchemaMigrator other = migrator.schema(PypiSchema.withPrefix("other_"));

    assertThat(other.migrate().executed()).hasSize(34);
    Command.of("INSERT INTO other_pypi (project, date) VALUES ('numpy', '2024-01-01')")
        .execute(clickpy);

    assertThat(TestDatabase.count(clickpy, "other_pypi_downloads")).isOne();
    assertThat(TestDatabase.count(clickpy, "pypi_downloads")).isZero();
    assertThat(other.diff()).isEmpty();
    other.validate();
    migrator.validate();
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

  @Test
  void changedMigrationIsRefused() {
    migrator.migrate();
    String checksum = "0".repeat(64);
    Command.of("ALTER TABLE clickpy_migrations UPDATE checksum = {c:String} WHERE version = 2")
        .bind("c", checksum)
        .setting("mutations_sync", "1")
        .execute(clickpy);

    assertThatThrownBy(migrator::migrate)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.CHANGED_MIGRATION);
              assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA);
            })
        .hasMessage(
            """
            Checksum mismatch for migration V0002 (create projects, countries and their dictionaries)
            -> Applied to database : %s
            -> Known to this program: %s
            Restore the migration as it was released, and put the change into a new one."""
                .formatted(checksum, Migrations.of(Target.CANONICAL).get(1).checksum()));
    assertThat(migrator.status())
        .extracting(MigrationStatus::state)
        .containsExactly(MigrationState.APPLIED, MigrationState.CHANGED);
  }

  @Test
  void databaseNewerThanTheProgramIsRefused() {
    migrator.migrate();
    SchemaMigrator older = migrator.migrations(t -> Migrations.of(t).subList(0, 1));

    assertThatThrownBy(older::migrate)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NEWER_DATABASE))
        .hasMessage(
            "Cannot use the database with this program: it has migration V0002 (create projects,"
                + " countries and their dictionaries), this program knows none after V0001. Upgrade"
                + " clickpy to the version that migrated the database.");
  }

  @Test
  void missingMigrationIsRefused() {
    migrator.migrate();
    SchemaMigrator gap = migrator.migrations(t -> Migrations.of(t).subList(1, 2));

    assertThatThrownBy(gap::plan)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MISSING_MIGRATION))
        .hasMessage(
            "Missing migration V0001 (create the raw table and its rollups): the database has it,"
                + " this program does not. Restore it; a released migration is never removed.");
  }

  @Test
  void tablesThatNoMigrationMadeAreRefusedAndKept() {
    Command.of("CREATE DATABASE " + clickpy.database())
        .inDatabase(DatabaseName.of("system"))
        .execute(clickpy);
    Command.of("CREATE TABLE pypi (x UInt8) ENGINE = MergeTree ORDER BY x").execute(clickpy);

    assertThatThrownBy(migrator::migrate)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_TABLES))
        .hasMessage(
            "Cannot migrate database %s: it holds tables that no migration made (pypi). Choose another database, or another prefix with PypiSchema.withPrefix."
                .formatted(clickpy.database()));
    assertThat(TestDatabase.definitions(clickpy)).containsOnlyKeys("pypi");
  }

  @Test
  void validateBeforeMigratingSaysToMigrate() {
    assertThatThrownBy(migrator::validate)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_MIGRATED))
        .hasMessage(
            "Cannot use database %s: 34 statements of its migrations have not run. Call SchemaMigrator.migrate()."
                .formatted(clickpy.database()));
  }

  @Test
  void validateNamesWhatWasAlteredByHand() {
    migrator.migrate();
    Command.of("DROP TABLE pypi_downloads_per_month").execute(clickpy);
    Command.of("CREATE TABLE mine (x UInt8) ENGINE = Null").execute(clickpy);

    assertThatThrownBy(migrator::validate)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ALTERED_SCHEMA))
        .hasMessage(
            """
            Database %s was altered by hand:
            - pypi_downloads_per_month is missing
            Undo these changes, or put what was lost back in its place."""
                .formatted(clickpy.database()));
  }

  private List<String> databases() {
    return Query.of("SELECT name FROM system.databases", row -> row.string("name"))
        .fetch(adminOf(clickpy));
  }

  private static ClickPy adminOf(ClickPy clickpy) {
    return ClickPy.connect(
        io.clickpy.core.ClickPyConfig.builder(clickpy.config().endpoint())
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
