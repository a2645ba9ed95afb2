package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.ServerVersion;
import io.clickpy.core.migrate.MigrationException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Databases and programs that contradict each other. */
class MigrationExceptionIT {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  private ClickPy clickpy;
  private SchemaMigrator migrator;

  @BeforeEach
  void connect() {
    clickpy = database.clickpy();
    migrator = SchemaMigrator.of(clickpy);
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
  void serverOlderThanTheSchemaNeedsIsRefusedBeforeAnythingIsCreated() {
    SchemaMigrator demanding = migrator.oldestServer(ServerVersion.parse("99.1"));

    assertThatThrownBy(demanding::migrate)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SERVER_TOO_OLD))
        .hasMessage(
            "Cannot migrate on ClickHouse %s (must be 99.1 or later). Upgrade the server."
                .formatted(clickpy.serverVersion()));
    assertThatThrownBy(demanding::baseline).isInstanceOf(MigrationException.class);
    assertThat(demanding.status())
        .extracting(MigrationStatus::state)
        .containsOnly(MigrationState.PENDING);
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
            "Cannot migrate database %s: it holds tables that no migration made (pypi). Choose another database or prefix, or adopt them with baseline()."
                .formatted(clickpy.database()));
    assertThat(TestDatabase.definitions(clickpy)).containsOnlyKeys("pypi");
  }

  @Test
  void validateBeforeMigratingSaysToMigrate() {
    assertThatThrownBy(migrator::validate)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_MIGRATED))
        .hasMessage(
            "Cannot use database %s: 44 statements of its migrations have not run. Call SchemaMigrator.migrate()."
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
}
