package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.country.CountryCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many programs that start at once; {@code -Dclickpy.rounds=50} tries more often. */
@Tag("slow")
class ConcurrentMigrationIT {
  private static final int PROGRAMS = 8;
  private static final int ROUNDS = Integer.getInteger("clickpy.rounds", 3);

  @Test
  void oneMigratesAndTheOthersFindItDone() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      ClickPy first = TestServer.connect();
      try {
        List<MigrationReport> reports = migrateAtOnce(first.config());

        assertThat(reports).allSatisfy(report -> assertThat(report.version()).isEqualTo(2));
        assertThat(reports).filteredOn(report -> !report.wasCurrent()).hasSize(1);
        assertThat(TestDatabase.count(first, "countries")).isEqualTo(CountryCodes.names().size());
        assertThat(journaledMoreThanOnce(first)).isEmpty();
        assertThat(TestDatabase.definitions(first).keySet())
            .noneMatch(name -> name.contains("_lock_"));
        SchemaMigrator.of(first).validate();
      } finally {
        TestServer.dropAndClose(first);
      }
    }
  }

  private static List<MigrationReport> migrateAtOnce(ClickPyConfig config) throws Exception {
    ExecutorService programs = Executors.newFixedThreadPool(PROGRAMS);
    try {
      Callable<MigrationReport> program =
          () -> {
            try (ClickPy clickpy = connect(config)) {
              return SchemaMigrator.of(clickpy).migrate();
            }
          };
      List<Future<MigrationReport>> results =
          programs.invokeAll(IntStream.range(0, PROGRAMS).mapToObj(i -> program).toList());
      List<MigrationReport> reports = new ArrayList<>();
      for (Future<MigrationReport> result : results) {
        reports.add(result.get());
      }
      return reports;
    } finally {
      programs.shutdownNow();
    }
  }

  private static ClickPy connect(ClickPyConfig config) {
    return ClickPy.connect(
        ClickPyConfig.builder(config.endpoint())
            .credentials(config.credentials())
            .database(config.database().value())
            .build());
  }

  private static List<Integer> journaledMoreThanOnce(ClickPy clickpy) {
    return Query.of(
            "SELECT version, ordinal, count() AS notes FROM clickpy_migrations"
                + " GROUP BY version, ordinal HAVING notes > 1",
            row -> row.intValue("ordinal"))
        .fetch(clickpy);
  }

  @Test
  void programThatIsSilentLosesItsTurnToOneOfManyWhoWait() throws Exception {
    ClickPy clickpy = TestServer.connect();
    try {
      Journal journal = new Journal(clickpy, "", Topology.singleServer());
      journal.create(() -> {});
      // A lease that nobody prolongs, as a killed program leaves it.
      LeaseTables tables = new LeaseTables(clickpy, journal);
      long expiry = tables.read().serverMillis() + Duration.ofMillis(300).toMillis();
      assertThat(tables.create(1, "dead", expiry)).isTrue();

      List<MigrationReport> reports = migrateAtOnce(clickpy.config());

      assertThat(reports).filteredOn(report -> !report.wasCurrent()).hasSize(1);
      assertThat(journaledMoreThanOnce(clickpy)).isEmpty();
      assertThat(TestDatabase.definitions(clickpy).keySet())
          .noneMatch(name -> name.contains("_lock_"));
    } finally {
      TestServer.dropAndClose(clickpy);
    }
  }
}
