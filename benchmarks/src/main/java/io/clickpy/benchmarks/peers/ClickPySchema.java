package io.clickpy.benchmarks.peers;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * ClickPy's tables and views as its {@code create_tables.sh} of 2026 makes them: the raw table
 * sorted by project, date and version, 14 views that all watch it, no index, plain strings for some
 * dimensions, and one rollup whose key leaves the kind of file out.
 */
public final class ClickPySchema {
  /** The raw table. */
  public static final String RAW = "pypi";

  private static final String BY_VERSION = "pypi_downloads_per_day_by_version";

  private static final List<Rollup> ROLLUPS =
      List.of(
          Rollup.of("pypi_downloads", "project"),
          Rollup.of("pypi_downloads_by_version", "project", "version"),
          Rollup.of("pypi_downloads_per_day", "project", "date"),
          Rollup.of(BY_VERSION, "project", "version", "date"),
          Rollup.of(BY_VERSION + "_by_country", "project", "version", "date", "country_code"),
          Rollup.of(BY_VERSION + "_by_file_type", "project", "version", "date", "type"),
          Rollup.of(BY_VERSION + "_by_python", "project", "version", "date", "python_minor"),
          Rollup.of(
              BY_VERSION + "_by_python_by_country",
              "project",
              "version",
              "date",
              "country_code",
              "python_minor"),
          Rollup.of(BY_VERSION + "_by_system", "project", "version", "date", "system"),
          Rollup.of(
              BY_VERSION + "_by_system_by_country",
              "project",
              "version",
              "date",
              "country_code",
              "system"),
          new Rollup(
              BY_VERSION + "_by_installer_by_type",
              List.of("project", "version", "date", "installer", "type"),
              List.of("project", "version", "date", "installer")),
          Rollup.of(
              BY_VERSION + "_by_installer_by_type_by_country",
              "project",
              "version",
              "date",
              "country_code",
              "installer",
              "type"));

  private static final Set<String> SMALL_STRINGS =
      Set.of("country_code", "type", "installer", "python_minor", "system");

  /** What is a plain string, by the tables where it is. */
  private static final Map<String, Set<String>> PLAIN_STRINGS =
      Map.of(
          BY_VERSION + "_by_country", Set.of("country_code"),
          BY_VERSION + "_by_python", Set.of("python_minor"),
          BY_VERSION + "_by_python_by_country", Set.of("python_minor"),
          BY_VERSION + "_by_system", Set.of("system"),
          BY_VERSION + "_by_system_by_country", Set.of("system", "country_code"),
          BY_VERSION + "_by_installer_by_type", Set.of("installer"),
          BY_VERSION + "_by_installer_by_type_by_country", Set.of("installer"));

  private ClickPySchema() {}

  /** A rollup that counts. */
  private record Rollup(String name, List<String> dimensions, List<String> key) {
    static Rollup of(String name, String... dimensions) {
      return new Rollup(name, List.of(dimensions), List.of(dimensions));
    }

    String columns() {
      return dimensions.stream()
          .map(dimension -> dimension + " " + type(name, dimension))
          .collect(Collectors.joining(", ", "", ", count Int64"));
    }

    String select() {
      String keys = String.join(", ", dimensions);
      return "SELECT %s, count() AS count FROM %s GROUP BY %s".formatted(keys, RAW, keys);
    }
  }

  /** Returns the names of the raw table and of all that its views fill. */
  public static List<String> tables() {
    List<String> names = new ArrayList<>();
    names.add(RAW);
    ROLLUPS.forEach(rollup -> names.add(rollup.name()));
    names.add("pypi_downloads_per_month");
    names.add("pypi_downloads_max_min");
    return names;
  }

  /** Creates the tables, and the views that watch the raw one, in the connection's database. */
  public static void create(ClickPy clickpy) {
    createTables(clickpy);
    createViews(clickpy);
  }

  /** Creates the tables alone. */
  public static void createTables(ClickPy clickpy) {
    run(
        clickpy,
        "CREATE TABLE pypi (date Date, country_code LowCardinality(String), project String,"
            + " type LowCardinality(String), installer LowCardinality(String),"
            + " python_minor LowCardinality(String), system LowCardinality(String), version String)"
            + " ENGINE = MergeTree"
            + " ORDER BY (project, date, version, country_code, python_minor, system)");
    for (Rollup rollup : ROLLUPS) {
      run(
          clickpy,
          "CREATE TABLE %s (%s) ENGINE = SummingMergeTree ORDER BY (%s)"
              .formatted(rollup.name(), rollup.columns(), String.join(", ", rollup.key())));
    }
    run(
        clickpy,
        "CREATE TABLE pypi_downloads_per_month (month Date, project String, count Int64)"
            + " ENGINE = SummingMergeTree ORDER BY (month, project)");
    run(
        clickpy,
        "CREATE TABLE pypi_downloads_max_min (project String,"
            + " max_date SimpleAggregateFunction(max, Date),"
            + " min_date SimpleAggregateFunction(min, Date))"
            + " ENGINE = AggregatingMergeTree ORDER BY project");
  }

  /**
   * Creates the views; they watch the raw table of the connection's database and fill its tables.
   */
  public static void createViews(ClickPy clickpy) {
    for (Rollup rollup : ROLLUPS) {
      view(clickpy, rollup.name(), rollup.select());
    }
    view(
        clickpy,
        "pypi_downloads_per_month",
        "SELECT toStartOfMonth(date) AS month, project, count() AS count FROM pypi"
            + " WHERE date > toStartOfMonth(now()) - INTERVAL 6 MONTH GROUP BY month, project");
    view(
        clickpy,
        "pypi_downloads_max_min",
        "SELECT project, max(date) AS max_date, min(date) AS min_date FROM pypi GROUP BY project");
  }

  private static void view(ClickPy clickpy, String name, String select) {
    run(clickpy, "CREATE MATERIALIZED VIEW %1$s_mv TO %1$s AS %2$s".formatted(name, select));
  }

  private static String type(String table, String dimension) {
    if (dimension.equals("date")) {
      return "Date";
    }
    boolean small =
        SMALL_STRINGS.contains(dimension)
            && !PLAIN_STRINGS.getOrDefault(table, Set.of()).contains(dimension);
    return small ? "LowCardinality(String)" : "String";
  }

  private static void run(ClickPy clickpy, String sql) {
    Command.of(sql).execute(clickpy);
  }
}
