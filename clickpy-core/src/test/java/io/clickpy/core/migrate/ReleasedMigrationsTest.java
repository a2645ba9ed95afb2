package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever has a database has these migrations: they must stay as they are, for ever. */
class ReleasedMigrationsTest {
  private final List<Migration> migrations = Migrations.of(Target.CANONICAL);

  @ParameterizedTest
  @CsvSource({
    "a single server, checksums.txt",
    "ClickHouse Cloud, checksums-cloud.txt",
    "a replicated cluster, checksums-cluster.txt",
    "plain shards, checksums-shards.txt"
  })
  void releasedMigrationsAreUnchanged(String kind, String file) {
    Topology topology =
        Topology.kinds().stream().filter(t -> t.kind().equals(kind)).findFirst().orElseThrow();
    List<String> checksums =
        Migrations.of(Target.canonical(topology)).stream()
            .map(m -> "V%04d %s".formatted(m.version(), m.checksum()))
            .toList();

    assertThat(checksums)
        .as("a new migration appends a line to migrations/%s, no line ever changes", file)
        .isEqualTo(released(file));
  }

  private static List<String> released(String file) {
    try (InputStream in = ReleasedMigrationsTest.class.getResourceAsStream("/migrations/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void versionsCountFromOneWithoutGaps() {
    assertThat(migrations)
        .extracting(Migration::version)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, migrations.size()).boxed().toList());
  }

  @Test
  void everyStatementMayBeRepeated() {
    assertThat(
            Topology.kinds().stream()
                .flatMap(kind -> Migrations.of(Target.canonical(kind)).stream())
                .flatMap(m -> m.steps().stream())
                .map(Step::sql))
        .allMatch(sql -> sql.contains(" IF NOT EXISTS ") || sql.contains(" NOT IN (SELECT "));
  }

  @Test
  void checksumDoesNotDependOnNamesOrPasswords() {
    List<Step> steps = migrations.get(1).steps();

    assertThat(steps).noneMatch(step -> step.sql().contains("PASSWORD"));
    assertThat(steps.get(2).command().parameters()).containsKeys("names", "codes");
  }
}
