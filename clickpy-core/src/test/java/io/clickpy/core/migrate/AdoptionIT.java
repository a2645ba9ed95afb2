package io.clickpy.core.migrate;

import static io.clickpy.core.migrate.ForeignSchema.DAYS;
import static io.clickpy.core.migrate.ForeignSchema.INSTALLERS;
import static io.clickpy.core.migrate.ForeignSchema.MONTHS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.Repair.Need;
import io.clickpy.core.schema.PypiSchema;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database made by ClickPy's own script is adopted, completed and repaired. */
@Tag("slow")
class AdoptionIT {
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();
  private static final String LATER = "pypi_downloads_per_day_by_version_by_file_type";

  private ClickPy clickpy;
  private SchemaMigrator migrator;

  @BeforeEach
  void createClickPysTables() {
    clickpy = TestServer.connectToEmptyDatabase();
    migrator = SchemaMigrator.of(clickpy).fillLimits(new FillLimits(1_500, Duration.ofSeconds(10)));
    ForeignSchema.create(clickpy, LATER);
    LiveWriters.insert(clickpy, 4_000, 7);
  }

  @AfterEach
  void drop() {
    TestServer.dropAndClose(clickpy);
  }

  private static List<Repair> wrong(List<Repair> repairs) {
    return repairs.stream().filter(r -> r.need() == Need.WRONG_ANSWERS).toList();
  }

  @Test
  void rollupThatIsMissingIsCreatedWithWhatTheRawTableHolds() {
    migrator.baseline();

    migrator.migrate();

    // Not of the table whose rows of different kinds of file are merged.
    RollupFillIT.assertExact(
        clickpy,
        SCHEMA.rollups().stream()
            .filter(
                r -> r.name().equals(LATER) || !PypiSchema.ofClickPy().names().contains(r.name()))
            .toList());
    assertThat(migrator.migrate().wasCurrent()).isTrue();
  }

  @Test
  void defectsAreToldInWords() {
    migrator.baseline();
    migrator.migrate();

    assertThat(wrong(migrator.repairs()))
        .containsExactly(
            new Repair(
                INSTALLERS,
                Need.WRONG_ANSWERS,
                "rows that differ in type are merged, because it is sorted by project, version, date, installer"),
            new Repair(MONTHS, Need.WRONG_ANSWERS, "its view leaves downloads out"),
            new Repair(DAYS, Need.WRONG_ANSWERS, "its view does not fill min_date"));
    assertThat(migrator.repairs())
        .filteredOn(repair -> repair.need() == Need.FORM)
        .extracting(Repair::rollup)
        .contains("pypi_downloads_per_day_by_version_by_country");
  }

  @Test
  void repairMakesThemTellWhatTheRawTableTellsWhileRowsKeepArriving() {
    migrator.baseline();
    migrator.migrate();

    List<Repair> repaired;
    try (LiveWriters writers = LiveWriters.start(clickpy, 1)) {
      repaired = migrator.repair();
      writers.stop();
    }

    assertThat(repaired).extracting(Repair::rollup).containsExactly(INSTALLERS, MONTHS, DAYS);
    RollupFillIT.assertExact(clickpy, SCHEMA.rollups());
    assertThat(wrong(migrator.repairs())).isEmpty();
    assertThat(migrator.repair()).isEmpty();
    assertThat(TestDatabase.definitions(clickpy).keySet())
        .filteredOn(name -> name.contains("_replaced_"))
        .hasSize(3)
        // ClickPy's view leaves out all months but the last six, and these downloads are older.
        .allMatch(name -> (TestDatabase.count(clickpy, name) == 0) == name.startsWith(MONTHS));
  }

  @Test
  void formIsMendedOnRequest() {
    migrator.baseline();
    migrator.migrate();

    migrator.repair(EnumSet.of(Need.WRONG_ANSWERS, Need.FORM));

    assertThat(migrator.repairs()).isEmpty();
    assertThat(migrator.diff())
        .filteredOn(found -> found.kind() != Difference.Kind.EXTRA)
        .extracting(Difference::object)
        .containsOnly("pypi");
    RollupFillIT.assertExact(clickpy, SCHEMA.rollups());
  }

  @Test
  void repairThatIsStoppedAtAPointGoesOnInTheNextCall() {
    migrator.baseline();
    migrator.migrate();
    int point = 0;
    while (repairStopsAt(point)) {
      point += 29;
    }

    assertThat(point).isPositive();
    assertThat(migrator.repair()).isEmpty();
    RollupFillIT.assertExact(clickpy, SCHEMA.rollups());
  }

  private boolean repairStopsAt(int point) {
    try {
      migrator.listener(new RollupFillIT.StopAt(point, new AtomicInteger())).repair();
      return false;
    } catch (RollupFillIT.Stopped e) {
      return true;
    }
  }

  @Test
  void whatOnlyTheRollupKnowsIsNotBuiltAnew() {
    migrator.baseline();
    migrator.migrate();
    Command.of("INSERT INTO %s VALUES ('2020-01-01', 'project-1', 5)".formatted(MONTHS))
        .execute(clickpy);
    Command.of("INSERT INTO %1$s SELECT month, project, 100000 FROM %1$s".formatted(MONTHS))
        .execute(clickpy);

    assertThat(migrator.repair()).extracting(Repair::rollup).containsExactly(INSTALLERS, DAYS);

    assertThat(migrator.repairs())
        .filteredOn(repair -> repair.need() == Need.IRREPLACEABLE)
        .singleElement()
        .satisfies(
            repair -> {
              assertThat(repair.rollup()).isEqualTo(MONTHS);
              assertThat(repair.defect())
                  .matches("it tells of \\d+ downloads, and only 4000 can be counted again");
            });
  }

  @Test
  void databaseThatWasNotMigratedIsNotRepaired() {
    migrator.baseline();

    assertThatThrownBy(migrator::repair)
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "Cannot use database %s: 44 statements of its migrations have not run. Call SchemaMigrator.migrate()."
                .formatted(clickpy.database()));
  }
}
