package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.Set;

/**
 * A database as ClickPy's own script leaves it: some plain strings, one key without the kind of
 * file, months of half a year only, and no first days.
 */
final class ForeignSchema {
  static final String INSTALLERS = "pypi_downloads_per_day_by_version_by_installer_by_type";
  static final String MONTHS = "pypi_downloads_per_month";
  static final String DAYS = "pypi_downloads_max_min";
  private static final Set<String> PLAIN_COUNTRIES =
      Set.of(
          "pypi_downloads_per_day_by_version_by_country",
          "pypi_downloads_per_day_by_version_by_system_by_country");

  private final ClickPy clickpy;

  private ForeignSchema(ClickPy clickpy) {
    this.clickpy = clickpy;
  }

  /** Creates the tables in an empty database; without one rollup, which came later. */
  static void create(ClickPy clickpy, String without) {
    ForeignSchema schema = new ForeignSchema(clickpy);
    schema.run(
        "CREATE TABLE pypi (date Date, country_code LowCardinality(String), project String,"
            + " type LowCardinality(String), installer LowCardinality(String),"
            + " python_minor LowCardinality(String), system LowCardinality(String),"
            + " version String) ENGINE = MergeTree"
            + " ORDER BY (project, date, version, country_code, python_minor, system)");
    for (Rollup theirs : PypiSchema.ofClickPy().rollups()) {
      if (!theirs.name().equals(without)) {
        schema.create(PypiSchema.ofDefaults().rollup(theirs.name()));
      }
    }
  }

  private void create(Rollup rollup) {
    String name = rollup.name();
    if (name.equals(DAYS)) {
      run(
          "CREATE TABLE pypi_downloads_max_min (project String,"
              + " max_date SimpleAggregateFunction(max, Date),"
              + " min_date SimpleAggregateFunction(min, Date))"
              + " ENGINE = AggregatingMergeTree ORDER BY project");
      run(
          "CREATE MATERIALIZED VIEW pypi_downloads_max_min_mv TO pypi_downloads_max_min AS"
              + " SELECT project, max(date) AS max_date FROM pypi GROUP BY project");
      return;
    }
    StringBuilder columns = new StringBuilder();
    rollup
        .dimensions()
        .forEach(
            d ->
                columns
                    .append(d.column())
                    .append(' ')
                    .append(
                        PLAIN_COUNTRIES.contains(name) && d.column().equals("country_code")
                            ? "String"
                            : d.type())
                    .append(", "));
    String key =
        String.join(", ", rollup.sortKey()).replace(name.equals(INSTALLERS) ? ", type" : "\0", "");
    run(
        "CREATE TABLE %s (%scount Int64) ENGINE = SummingMergeTree ORDER BY (%s)"
            .formatted(name, columns, key));
    String select =
        name.equals(MONTHS)
            ? "toStartOfMonth(date) AS month, project, count() AS count FROM pypi"
                + " WHERE date > toStartOfMonth(now()) - INTERVAL 6 MONTH"
            : "%s, count() AS count FROM pypi".formatted(String.join(", ", rollup.sortKey()));
    run(
        "CREATE MATERIALIZED VIEW %s_mv TO %s AS SELECT %s GROUP BY %s"
            .formatted(name, name, select, String.join(", ", rollup.sortKey())));
  }

  private void run(String sql) {
    Command.of(sql).execute(clickpy);
  }
}
