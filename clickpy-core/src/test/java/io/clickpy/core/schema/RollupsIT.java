package io.clickpy.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand downloads, inserted into the raw table alone, against what the views made of them.
 */
class RollupsIT {
  private static final int ROWS = 10_000;
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();

  private static ClickPy clickpy;

  @BeforeAll
  static void insertDownloads() {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    Random random = new Random(20240812);
    // Two inserts, so that the rollups hold rows of equal dimensions that still have to be merged.
    insert(random, ROWS / 2);
    insert(random, ROWS - ROWS / 2);
  }

  @AfterAll
  static void drop() {
    TestServer.dropAndClose(clickpy);
  }

  private static void insert(Random random, int rows) {
    byte[] lines = downloads(random, rows);
    Insert.into("pypi", "TabSeparated", out -> out.write(lines)).execute(clickpy);
  }

  /** Rows of the raw table, in the order of ClickPy's columns, divided by tabs. */
  static byte[] downloads(Random random, int rows) {
    return Stream.generate(() -> download(random))
        .limit(rows)
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String download(Random random) {
    return String.join(
            "\t",
            LocalDate.of(2023, 12, 20).plusDays(random.nextInt(40)).toString(),
            any(random, "US", "US", "DE", "EU", "NA", ""),
            any(random, "numpy", "numpy", "zope-interface", "a", "requests"),
            any(random, "bdist_wheel", "bdist_wheel", "sdist"),
            any(random, "pip", "pip", "uv", ""),
            any(random, "3.12", "3.9", ""),
            any(random, "Linux", "Darwin", ""),
            any(random, "1.0", "1.0rc1", "2.0"))
        + "\n";
  }

  private static String any(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  static List<Rollup> rollups() {
    return SCHEMA.rollups();
  }

  @ParameterizedTest
  @MethodSource("rollups")
  void viewFillsTheRollupWithExactlyWhatTheRawTableSays(Rollup rollup) {
    List<List<String>> expected = rows(rollup, rollup.selectFrom(SCHEMA.downloads()));

    assertThat(expected).isNotEmpty();
    assertThat(rows(rollup, rollup.selectFrom(rollup))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("rollups")
  void derivingFromTheFinerTableGivesTheSame(Rollup rollup) {
    assertThat(rows(rollup, rollup.selectFrom(rollup.derivedFrom())))
        .isEqualTo(rows(rollup, rollup.selectFrom(SCHEMA.downloads())));
  }

  @ParameterizedTest
  @MethodSource("rollups")
  void mergingRowsLosesNothing(Rollup rollup) {
    List<List<String>> before = rows(rollup, rollup.selectFrom(rollup));

    Command.of("OPTIMIZE TABLE " + rollup.name() + " FINAL").execute(clickpy);

    String names = rollup.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    assertThat(rows(rollup, "SELECT " + names + " FROM " + rollup.name())).isEqualTo(before);
  }

  @Test
  void everyDownloadIsCountedOnceInEachRollup() {
    assertThat(SCHEMA.rollups())
        .filteredOn(rollup -> rollup.measure() == Measure.COUNT)
        .hasSize(18)
        .allSatisfy(
            rollup ->
                assertThat(
                        Query.of(
                                "SELECT sum(count) AS downloads FROM " + rollup.name(),
                                row -> row.longValue("downloads"))
                            .fetch(clickpy))
                    .containsExactly((long) ROWS));
  }

  private static List<List<String>> rows(Rollup rollup, String select) {
    return rows(clickpy, rollup.columns().stream().map(Column::name).toList(), select);
  }

  /** What a query answers, as text, in the order of its values. */
  static List<List<String>> rows(ClickPy clickpy, List<String> columns, String select) {
    String texts =
        columns.stream()
            .map(c -> "toString(" + c + ") AS t_" + c)
            .collect(Collectors.joining(", "));
    return Query.of(
            "SELECT %s FROM (%s) ORDER BY ALL".formatted(texts, select),
            row -> columns.stream().map(c -> row.string("t_" + c)).toList())
        .fetch(clickpy);
  }
}
