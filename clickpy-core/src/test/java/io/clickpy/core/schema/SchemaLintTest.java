package io.clickpy.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the statements create is sound: no table merges rows that differ, and each view fills all of
 * its table. Reads the SQL and nothing else, so that it notices whatever renders it.
 */
class SchemaLintTest {
  private static final Pattern TABLE =
      Pattern.compile(
          "TABLE IF NOT EXISTS \\w+ \\((.*?)\\) ENGINE = (\\w+) ORDER BY \\((.*?)\\).*");
  private static final Pattern VIEW =
      Pattern.compile(".* TO (\\w+) \\((.*?)\\) AS SELECT (.*) FROM \\w+ AS source GROUP BY (.*)");

  static Stream<Rollup> rollups() {
    return PypiSchema.ofDefaults().rollups().stream();
  }

  /** Returns what is wrong with a table and the view that fills it. */
  private static List<String> lint(String createTable, String createView) {
    Matcher table = TABLE.matcher(createTable);
    Matcher view = VIEW.matcher(createView);
    assertThat(table.find()).as(createTable).isTrue();
    assertThat(view.matches()).as(createView).isTrue();
    List<String> columns = columns(table.group(1));
    Set<String> merged = new HashSet<>(columns);
    merged.removeAll(List.of(table.group(3).split(", ", -1)));
    merged.removeAll(List.of("count", "min_date", "max_date"));
    List<String> found = new ArrayList<>();
    if (!merged.isEmpty() && !table.group(2).equals("MergeTree")) {
      found.add("rows that differ in " + merged + " are merged");
    }
    if (!columns(view.group(2)).equals(columns)) {
      found.add("the view's columns are not its table's");
    }
    List<String> selected =
        Stream.of(view.group(3).split(", ", -1)).map(c -> c.replaceFirst(".* AS ", "")).toList();
    if (!selected.equals(columns)) {
      found.add("the view selects " + selected);
    }
    Set<String> grouped = new HashSet<>(columns);
    grouped.removeAll(List.of("count", "min_date", "max_date"));
    if (!grouped.equals(Set.of(view.group(4).split(", ", -1)))) {
      found.add("the view groups by " + view.group(4));
    }
    return found;
  }

  private static List<String> columns(String declarations) {
    // Types have commas only within parentheses.
    return Stream.of(declarations.replaceAll(", INDEX .*", "").split(", (?=\\w+ [A-Z])", -1))
        .map(declaration -> declaration.split(" ", 2)[0])
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rollups")
  void tableAndViewOfEachRollupAreSound(Rollup rollup) {
    assertThat(
            lint(
                Ddl.createTable(rollup),
                Ddl.createView(rollup, PypiSchema.ofDefaults().downloads())))
        .isEmpty();
  }

  @Test
  void dimensionThatIsMissingFromTheKeyIsFound() {
    assertThat(
            lint(
                "CREATE TABLE IF NOT EXISTS t (project String, type LowCardinality(String), count"
                    + " Int64) ENGINE = SummingMergeTree ORDER BY (project)",
                "CREATE MATERIALIZED VIEW IF NOT EXISTS v TO t (project String, type"
                    + " LowCardinality(String), count Int64) AS SELECT project, type, count() AS"
                    + " count FROM pypi AS source GROUP BY project, type"))
        .containsExactly("rows that differ in [type] are merged");
  }

  @Test
  void viewThatDoesNotFillItsTableIsFound() {
    assertThat(
            lint(
                "CREATE TABLE IF NOT EXISTS t (project String, max_date Date, min_date Date)"
                    + " ENGINE = AggregatingMergeTree ORDER BY (project)",
                "CREATE MATERIALIZED VIEW IF NOT EXISTS v TO t (project String, max_date Date) AS"
                    + " SELECT project, max(date) AS max_date FROM pypi AS source GROUP BY"
                    + " project"))
        .containsExactly(
            "the view's columns are not its table's", "the view selects [project, max_date]");
  }
}
