package io.clickpy.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import org.junit.jupiter.api.Test;

class DdlTest {
  private final PypiSchema schema = PypiSchema.ofDefaults();

  @Test
  void rawTable() {
    assertThat(Ddl.createTable(schema.downloads()))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS pypi (date Date, country_code LowCardinality(String),"
                + " project String, type LowCardinality(String), installer LowCardinality(String),"
                + " python_minor LowCardinality(String), system LowCardinality(String),"
                + " version String, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = MergeTree"
                + " ORDER BY (project, version, date, country_code, python_minor, system)");
  }

  @Test
  void rollupAndItsView() {
    Rollup perMonth = schema.rollup("pypi_downloads_per_month");

    assertThat(Ddl.createTable(perMonth))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS pypi_downloads_per_month (month Date, project String,"
                + " count Int64) ENGINE = SummingMergeTree ORDER BY (month, project)"
                + " SETTINGS index_granularity = 1024");
    assertThat(Ddl.createView(perMonth, schema.downloads()))
        .isEqualTo(
            "CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_month_mv"
                + " TO pypi_downloads_per_month (month Date, project String, count Int64) AS"
                + " SELECT toStartOfMonth(date) AS month, project, count() AS count"
                + " FROM pypi AS source GROUP BY month, project");
  }

  @Test
  void firstAndLastDay() {
    assertThat(Ddl.createTable(schema.rollup("pypi_downloads_max_min")))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS pypi_downloads_max_min (project String,"
                + " max_date SimpleAggregateFunction(max, Date),"
                + " min_date SimpleAggregateFunction(min, Date))"
                + " ENGINE = AggregatingMergeTree ORDER BY (project)"
                + " SETTINGS index_granularity = 1024");
  }

  @Test
  void dictionaryReadsItsTableAsWhoeverMigrates() {
    Dictionary countries = schema.dictionary("countries_dict");
    DatabaseName database = DatabaseName.of("stats");

    assertThat(Ddl.createDictionary(countries, database))
        .isEqualTo(
            "CREATE DICTIONARY IF NOT EXISTS countries_dict (name String, code String)"
                + " PRIMARY KEY code SOURCE(CLICKHOUSE(QUERY 'SELECT name, code FROM"
                + " stats.countries')) LIFETIME(MIN 0 MAX 300) LAYOUT(COMPLEX_KEY_HASHED())");
    assertThat(Ddl.createDictionary(countries, "", database, new Credentials("o'neil", "a\\b")))
        .contains(" USER 'o\\'neil' PASSWORD 'a\\\\b'))");
  }
}
