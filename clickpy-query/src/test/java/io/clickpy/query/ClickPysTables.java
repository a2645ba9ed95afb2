package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import java.util.List;

/**
 * The tables as ClickPy's own script makes them: plain strings, no index, a monthly rollup of the
 * last months alone, and one whose sort key lacks a column.
 */
final class ClickPysTables {
  private static final String BY_VERSION = "pypi_downloads_per_day_by_version";

  private ClickPysTables() {}

  /** Creates them in an empty database. */
  static void create(ClickPy clickpy) {
    run(
        clickpy,
        """
        CREATE TABLE pypi (date Date, country_code LowCardinality(String), project String,
          type LowCardinality(String), installer LowCardinality(String),
          python_minor LowCardinality(String), system LowCardinality(String), version String)
        ENGINE = MergeTree
        ORDER BY (project, date, version, country_code, python_minor, system)""");
    rollup(clickpy, "pypi_downloads", "project");
    rollup(clickpy, "pypi_downloads_by_version", "project, version");
    rollup(clickpy, "pypi_downloads_per_day", "project, date");
    rollup(clickpy, BY_VERSION, "project, version, date");
    for (String rest :
        List.of(
            "country_code",
            "type",
            "python_minor",
            "country_code, python_minor",
            "system",
            "country_code, system",
            "country_code, installer, type")) {
      rollup(clickpy, BY_VERSION + suffix(rest), "project, version, date, " + rest);
    }
    rollup(
        clickpy,
        BY_VERSION + "_by_installer_by_type",
        "project, version, date, installer, type",
        "project, version, date, installer");
    run(
        clickpy,
        """
        CREATE TABLE pypi_downloads_per_month (month Date, project String, count Int64)
        ENGINE = SummingMergeTree ORDER BY (month, project)""");
    run(
        clickpy,
        """
        CREATE MATERIALIZED VIEW pypi_downloads_per_month_mv TO pypi_downloads_per_month AS
        SELECT toStartOfMonth(date) AS month, project, count() AS count FROM pypi
        WHERE date > toStartOfMonth(now()) - INTERVAL 6 MONTH GROUP BY month, project""");
    run(
        clickpy,
        """
        CREATE TABLE pypi_downloads_max_min (project String,
          max_date SimpleAggregateFunction(max, Date), min_date SimpleAggregateFunction(min, Date))
        ENGINE = AggregatingMergeTree ORDER BY project""");
    run(
        clickpy,
        """
        CREATE MATERIALIZED VIEW pypi_downloads_max_min_mv TO pypi_downloads_max_min AS
        SELECT project, max(date) AS max_date, min(date) AS min_date FROM pypi GROUP BY project""");
    run(
        clickpy,
        """
        CREATE TABLE projects (name String, version String, summary String, author String,
          author_email String, maintainer String, maintainer_email String, license String,
          classifiers Array(String), home_page String, requires_python String,
          requires_dist Array(String), project_urls Array(String), upload_time DateTime64(3),
          filename String)
        ENGINE = MergeTree ORDER BY name""");
    run(
        clickpy,
        "CREATE TABLE countries (name String, code String) ENGINE = MergeTree ORDER BY code");
    run(
        clickpy,
        """
        INSERT INTO countries VALUES ('United States', 'US'), ('Germany', 'DE'), ('Brazil', 'BR')""");
    run(
        clickpy,
        """
        CREATE DICTIONARY countries_dict (name String, code String) PRIMARY KEY code
        SOURCE(CLICKHOUSE(QUERY 'SELECT name, code FROM %s.countries')) LIFETIME(MIN 0 MAX 300)
        LAYOUT(COMPLEX_KEY_HASHED())"""
            .formatted(clickpy.database()));
  }

  private static String suffix(String columns) {
    return columns
        .replace("country_code, python_minor", "_by_python_by_country")
        .replace("country_code, system", "_by_system_by_country")
        .replace("country_code, installer, type", "_by_installer_by_type_by_country")
        .replaceFirst("^country_code$", "_by_country")
        .replaceFirst("^python_minor$", "_by_python")
        .replaceFirst("^system$", "_by_system")
        .replaceFirst("^type$", "_by_file_type");
  }

  private static void rollup(ClickPy clickpy, String name, String columns) {
    rollup(clickpy, name, columns, columns);
  }

  private static void rollup(ClickPy clickpy, String name, String columns, String key) {
    String declared =
        columns.replaceAll("\\b(?!date)\\w+", "$0 String").replaceAll("\\bdate\\b", "date Date");
    run(
        clickpy,
        "CREATE TABLE %s (%s, count Int64) ENGINE = SummingMergeTree ORDER BY (%s)"
            .formatted(name, declared, key));
    run(
        clickpy,
        "CREATE MATERIALIZED VIEW %s_mv TO %s AS SELECT %s, count() AS count FROM pypi GROUP BY %s"
            .formatted(name, name, columns, columns));
  }

  private static void run(ClickPy clickpy, String sql) {
    Command.of(sql).execute(clickpy);
  }
}
