package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever has a database has these migrations: they must stay as they are, for ever. */
class ReleasedMigrationsTest {
  private final List<Migration> migrations = Migrations.of(Target.CANONICAL);

  @Test
  void releasedMigrationsAreUnchanged() {
    List<String> checksums =
        migrations.stream().map(m -> "V%04d %s".formatted(m.version(), m.checksum())).toList();

    assertThat(checksums)
        .as("a new migration appends a line to migrations/checksums.txt, no line ever changes")
        .isEqualTo(released());
  }

  private static List<String> released() {
    try (InputStream in =
        ReleasedMigrationsTest.class.getResourceAsStream("/migrations/checksums.txt")) {
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
    assertThat(migrations.stream().flatMap(m -> m.steps().stream()).map(Step::sql))
        .allMatch(sql -> sql.contains(" IF NOT EXISTS ") || sql.contains(" NOT IN (SELECT "));
  }

  @Test
  void checksumDoesNotDependOnNamesOrPasswords() {
    List<Step> steps = migrations.get(1).steps();

    assertThat(steps).noneMatch(step -> step.sql().contains("PASSWORD"));
    assertThat(steps.get(2).command().parameters()).containsKeys("names", "codes");
  }
}
