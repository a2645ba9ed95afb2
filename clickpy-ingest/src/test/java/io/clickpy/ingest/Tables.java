package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The tables that tests load into, and what is in them. */
public final class Tables {
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();

  private Tables() {}

  public static void create(ClickPy clickpy) {
    create(clickpy, SCHEMA);
  }

  public static void create(ClickPy clickpy, PypiSchema schema) {
    Command.of(Ddl.createTable(schema.downloads())).execute(clickpy);
    // Each test creates them all: at once it takes half as long.
    schema.rollups().parallelStream()
        .forEach(
            rollup -> {
              Command.of(Ddl.createTable(rollup)).execute(clickpy);
              Command.of(Ddl.createView(rollup, schema.downloads())).execute(clickpy);
            });
  }

  /** Returns the rows of the raw table, sorted. */
  public static List<List<String>> rows(ClickPy clickpy) {
    return Query.of(
            "SELECT toString(date) AS date, country_code, project, type, installer, python_minor,"
                + " system, version FROM pypi",
            row -> row.columns().stream().map(row::string).toList())
        .fetch(clickpy)
        .stream()
        .sorted(Tables::compare)
        .toList();
  }

  public static List<List<String>> expected(Collection<Download> downloads) {
    return downloads.stream().map(Download::expectedRow).sorted(Tables::compare).toList();
  }

  private static int compare(List<String> a, List<String> b) {
    return String.join("\1", a).compareTo(String.join("\1", b));
  }

  /** Returns the names of the raw table and of every rollup. */
  public static List<String> all() {
    return Stream.concat(
            Stream.of(SCHEMA.downloads().name()), SCHEMA.rollups().stream().map(Rollup::name))
        .toList();
  }

  public static long count(ClickPy clickpy) {
    return Query.of("SELECT count() AS n FROM pypi", row -> row.longValue("n"))
        .fetch(clickpy)
        .get(0);
  }

  /** Checks that every rollup says what the raw table says, neither more nor less. */
  public static void assertRollupsEqualRaw(ClickPy clickpy) {
    assertRollupsEqualRaw(clickpy, SCHEMA);
  }

  public static void assertRollupsEqualRaw(ClickPy clickpy, PypiSchema schema) {
    assertEqualRaw(clickpy, schema, schema.rollups());
  }

  /** Checks the rollups that count, and no first and last days. */
  public static void assertCountsEqualRaw(ClickPy clickpy) {
    assertEqualRaw(
        clickpy,
        SCHEMA,
        SCHEMA.rollups().stream().filter(rollup -> rollup.measure() == Measure.COUNT).toList());
  }

  private static void assertEqualRaw(ClickPy clickpy, PypiSchema schema, List<Rollup> rollups) {
    for (Rollup rollup : rollups) {
      String keys = String.join(", ", rollup.sortKey());
      String values =
          rollup.measure() == Measure.COUNT
              ? "sum(count) AS c"
              : "max(max_date) AS last, min(min_date) AS first";
      // What a correction has brought to zero is there until it is merged away.
      String merged =
          "SELECT %s, %s FROM %s GROUP BY %s%s"
              .formatted(
                  keys,
                  values,
                  rollup.name(),
                  keys,
                  rollup.measure() == Measure.COUNT ? " HAVING c != 0" : "");
      String fromRaw =
          "SELECT %s, %s FROM (%s)"
              .formatted(
                  keys,
                  // EXCEPT tells numbers of different types apart.
                  rollup.measure() == Measure.COUNT ? "toInt64(count)" : "max_date, min_date",
                  rollup.selectFrom(schema.downloads()));
      String difference =
          "SELECT (SELECT count() FROM (%1$s EXCEPT %2$s)) + (SELECT count() FROM (%2$s EXCEPT %1$s)) AS n"
              .formatted(merged, fromRaw);
      assertThat(Query.of(difference, row -> row.longValue("n")).fetch(clickpy).get(0))
          .as(rollup.name())
          .isZero();
    }
  }

  public static void assertNothingLoaded(ClickPy clickpy) {
    assertThat(count(clickpy)).isZero();
    assertRollupsEqualRaw(clickpy);
  }

  /** Checks that no load left a table of its own behind, except its records. */
  public static void assertNothingStaged(ClickPy clickpy) {
    assertThat(
            Query.of(
                    "SELECT name FROM system.tables WHERE database = currentDatabase()"
                        + " AND position(name, 'clickpy_') > 0 AND NOT match(name,"
                        + " 'clickpy_(loads|loaders|claims|repairs)$')",
                    row -> row.string("name"))
                .fetch(clickpy))
        .isEmpty();
  }
}
