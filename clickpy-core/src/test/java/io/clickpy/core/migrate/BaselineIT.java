package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.Difference.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that holds tables with ClickPy's defects before the first migration. */
class BaselineIT {
  private static final String INSTALLERS = "pypi_downloads_per_day_by_version_by_installer_by_type";

  private ClickPy clickpy;

  @BeforeEach
  void createTablesByHand() {
    clickpy = TestServer.connectToEmptyDatabase();
    run(
        "CREATE TABLE %s (project String, version String, date Date, installer String,"
                .formatted(INSTALLERS)
            + " type LowCardinality(String), count Int64) ENGINE = SummingMergeTree"
            + " ORDER BY (project, version, date, installer)");
    run(
        "INSERT INTO %s VALUES ('numpy', '1.0', '2024-01-01', 'pip', 'sdist', 7)"
            .formatted(INSTALLERS));
  }

  @AfterEach
  void drop() {
    TestServer.dropAndClose(clickpy);
  }

  private void run(String sql) {
    Command.of(sql).execute(clickpy);
  }

  @Test
  void tablesAreAdoptedAsTheyAreAndTheirDefectsListed() {
    SchemaMigrator migrator = SchemaMigrator.of(clickpy);

    List<Difference> defects = migrator.baseline();
    migrator.migrate();

    assertThat(defects)
        .containsExactly(
            new Difference(
                INSTALLERS, Kind.TYPE, "installer LowCardinality(String)", "installer String"),
            new Difference(
                INSTALLERS,
                Kind.KEY,
                "project, version, date, installer, type",
                "project, version, date, installer"),
            new Difference(INSTALLERS, Kind.INDEX, "dates date", ""));
    assertThat(migrator.diff()).isEqualTo(defects);
    assertThat(migrator.migrate().wasCurrent()).isTrue();
    assertThat(TestDatabase.count(clickpy, INSTALLERS)).isOne();
  }
}
