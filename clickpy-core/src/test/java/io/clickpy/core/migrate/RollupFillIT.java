package io.clickpy.core.migrate;

import static io.clickpy.core.schema.Dimension.COUNTRY_CODE;
import static io.clickpy.core.schema.Dimension.DATE;
import static io.clickpy.core.schema.Dimension.INSTALLER;
import static io.clickpy.core.schema.Dimension.PROJECT;
import static io.clickpy.core.schema.Dimension.PYTHON_MINOR;
import static io.clickpy.core.schema.Dimension.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rollups that are added to a database which holds downloads already, while writers insert more all
 * the time. {@code -Dclickpy.rounds=50} tries more often.
 */
@Tag("slow")
class RollupFillIT {
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();
  private static final int ROUNDS = Integer.getInteger("clickpy.rounds", 1);

  /** How many downloads there are when the rollups are added. */
  private static final int ROWS = 4_000;

  /** Every so many points are tried; all of them with {@code -Dclickpy.crash=all}. */
  private static final int STEP = "all".equals(System.getProperty("clickpy.crash")) ? 1 : 13;

  /** Knows no project, and can be derived from a rollup. */
  static final Rollup PER_DAY_BY_INSTALLER =
      rollup(
          "pypi_downloads_per_day_by_installer",
          SCHEMA.rollup("pypi_downloads_per_day_by_version_by_installer_by_type"),
          List.of(DATE, INSTALLER));

  /** Can be derived from the raw table only. */
  static final Rollup BY_PYTHON_BY_SYSTEM =
      rollup(
          "pypi_downloads_by_python_by_system",
          SCHEMA.downloads(),
          List.of(PROJECT, PYTHON_MINOR, SYSTEM, COUNTRY_CODE));

  static final List<Rollup> ADDED = List.of(PER_DAY_BY_INSTALLER, BY_PYTHON_BY_SYSTEM);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private ClickPy clickpy;

  private static Rollup rollup(String name, Table source, List<Dimension> dimensions) {
    return new Rollup(name, dimensions, Measure.COUNT, source, "For a test.");
  }

  /** The migrations of the library and one more, as the next release would have it. */
  static Function<Target, List<Migration>> adding(List<Rollup> rollups) {
    return target ->
        Stream.concat(
                Migrations.of(target).stream(),
                Stream.of(
                    new Migration(
                        Migrations.of(target).size() + 1,
                        "add rollups",
                        rollups.stream().map(target::add).toList())))
            .toList();
  }

  static SchemaMigrator adding(ClickPy clickpy) {
    return SchemaMigrator.of(clickpy)
        .migrations(adding(ADDED))
        .fillLimits(new FillLimits(ROWS / 4, Duration.ofSeconds(10)));
  }

  @BeforeEach
  void migrate() {
    clickpy = database.clickpy();
    SchemaMigrator.of(clickpy).migrate();
    LiveWriters.insert(clickpy, ROWS, 1);
  }

  static void assertExact(ClickPy clickpy, List<Rollup> rollups) {
    for (Rollup rollup : rollups) {
      assertThat(RollupRows.of(clickpy, rollup))
          .as(rollup.name())
          .isNotEmpty()
          .isEqualTo(RollupRows.expected(clickpy, rollup));
    }
  }

  @Test
  void everyDownloadCountsOnceWhileRowsKeepArriving() {
    for (int round = 0; round < ROUNDS; round++) {
      long rows;
      try (LiveWriters writers = LiveWriters.start(clickpy, 2)) {
        adding(clickpy).migrate();
        rows = writers.stop();
      }
      assertThat(rows).isPositive();
      assertExact(clickpy, ADDED);
      assertExact(clickpy, SCHEMA.rollups());
      if (round < ROUNDS - 1) {
        forget();
      }
    }
  }

  private void forget() {
    for (Rollup rollup : ADDED) {
      run("DROP VIEW " + rollup.viewName() + " SYNC");
      run("DROP TABLE " + rollup.name() + " SYNC");
    }
    run("DROP TABLE clickpy_migrations_fill SYNC");
    run("DELETE FROM clickpy_migrations WHERE version = 3");
  }

  private void run(String sql) {
    Command.of(sql).execute(clickpy);
  }

  @Test
  void progressGoesFromTheFirstRowToTheLast() {
    List<FillProgress> heard = new ArrayList<>();

    adding(clickpy)
        .listener(
            new MigrationListener() {
              @Override
              public void filling(FillProgress progress) {
                heard.add(progress);
              }
            })
        .migrate();

    assertThat(heard)
        .filteredOn(p -> p.rollups().contains(BY_PYTHON_BY_SYSTEM.name()))
        .hasSizeGreaterThan(3)
        .isSortedAccordingTo((a, b) -> Double.compare(a.fraction(), b.fraction()))
        .last()
        .satisfies(
            p -> {
              assertThat(p.rowsDone()).isEqualTo(ROWS);
              assertThat(p.rowsInAll()).isEqualTo(ROWS);
            });
  }

  @Test
  void planSaysWhatItComesToAndNothingIsLeftBesideTheRollups() {
    MigrationPlan plan = adding(clickpy).plan();

    assertThat(plan.script())
        .startsWith(
            """
            -- V0003, statement 1
            -- WARNING: Reads all of pypi_downloads_per_day_by_version_by_installer_by_type, piece by piece, and twice holds up inserts into pypi for a moment. No load may be published by a program that does not know pypi_downloads_per_day_by_installer, now or later.
            CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_installer (date Date, installer LowCardinality(String), count Int64) ENGINE = SummingMergeTree ORDER BY (date, installer) SETTINGS index_granularity = 1024;
            CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_installer_mv TO""");
    // What is planned is what is reported, though it is many statements.
    assertThat(adding(clickpy).migrate().executed()).isEqualTo(plan.statements());
    assertThat(TestDatabase.definitions(clickpy).keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    SCHEMA.names().stream(),
                    ADDED.stream().flatMap(r -> Stream.of(r.name(), r.viewName())),
                    Stream.of("clickpy_migrations", "clickpy_migrations_fill"))
                .flatMap(names -> names)
                .toList());
    assertThat(adding(clickpy).migrate().wasCurrent()).isTrue();
  }

  /** Before each statement and behind it, one after the other, in one database that lives on. */
  @Test
  void anErrorAtEachPointInTurnLosesAndDoublesNothing() {
    try (LiveWriters writers = LiveWriters.start(clickpy, 1)) {
      int point = 0;
      while (stopsAt(point)) {
        point += STEP;
      }
      assertThat(point).isGreaterThan(20);
      writers.stop();
    }
    assertExact(clickpy, ADDED);
    assertThat(adding(clickpy).migrate().wasCurrent()).isTrue();
  }

  /** Returns whether the migration came so far that it could be stopped. */
  private boolean stopsAt(int point) {
    AtomicInteger passed = new AtomicInteger();
    try {
      adding(clickpy).listener(new StopAt(point, passed)).migrate();
      return false;
    } catch (Stopped e) {
      return true;
    }
  }

  /** Stops behind a number of statements, counted in this call. */
  record StopAt(int point, AtomicInteger passed) implements MigrationListener {
    @Override
    public void starting(PlannedStatement statement) {
      pass();
    }

    @Override
    public void finished(PlannedStatement statement) {
      pass();
    }

    private void pass() {
      if (passed.getAndIncrement() == point) {
        throw new Stopped();
      }
    }
  }

  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void rowsThatNoViewSawAreNoticed() {
    // As a load would, by a program that does not know the rollups.
    MigrationListener loading =
        new MigrationListener() {
          @Override
          public void filling(FillProgress progress) {
            run("CREATE TABLE staged AS pypi");
            run("INSERT INTO staged SELECT * FROM pypi LIMIT 10");
            run("ALTER TABLE staged MOVE PARTITION tuple() TO TABLE pypi");
            run("DROP TABLE staged SYNC");
          }
        };

    assertThatThrownBy(() -> adding(clickpy).listener(loading).migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessageMatching(
            "Cannot fill pypi_downloads_per_day_by_installer: \\d+ downloads came into pypi meanwhile, and views saw 0 of them\\."
                + " Stop loads by programs that do not know these rollups, and deletes, and call again\\.");

    adding(clickpy).migrate();
    assertExact(clickpy, ADDED);
  }

  @Test
  void loadThatIsBeingPublishedIsWaitedFor() {
    run("CREATE TABLE clickpy_turn_1_1 (mark UInt8) ENGINE = Memory COMMENT 'a1'");

    assertThatThrownBy(
            () ->
                adding(clickpy)
                    .fillLimits(new FillLimits(ROWS / 4, Duration.ofMillis(300)))
                    .migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "Cannot fill pypi_downloads_per_day_by_installer while loads are being published (clickpy_turn_1_1). If no load runs, one has died: run the loader again, which completes it, then migrate.");

    run("DROP TABLE clickpy_turn_1_1 SYNC");
    adding(clickpy).migrate();
    assertExact(clickpy, ADDED);
  }

  @Test
  void whereWritersCannotBeHeldUpSomebodyHasToFillAndIsChecked() {
    clickpy = database.another();
    SchemaMigrator.of(clickpy).topology(Topology.cloud()).migrate();
    LiveWriters.insert(clickpy, 1_000, 2);
    SchemaMigrator cloud = adding(clickpy).topology(Topology.cloud());

    assertThatThrownBy(cloud::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "Cannot fill pypi_downloads_per_day_by_installer on ClickHouse Cloud (inserts into several servers cannot be held up at once). Stop all writers, run the statements that plan() shows for it, the INSERT on one server of each shard, and call migrate() again.");

    for (PlannedStatement statement : cloud.plan().statements()) {
      assertThat(statement.warning().orElseThrow()).startsWith("Runs by itself only while pypi is");
      Stream.of(statement.sql().split(";\n")).forEach(this::run);
    }
    cloud.migrate();
    assertExact(clickpy, ADDED);

    assertThatThrownBy(cloud::repair)
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "Cannot repair rollups on ClickHouse Cloud (inserts into several servers cannot be held up at once). Migrate another database, and load the downloads into it.");
  }
}
