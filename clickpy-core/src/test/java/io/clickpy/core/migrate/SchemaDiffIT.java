package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.migrate.Difference.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaDiffIT {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  private ClickPy clickpy;

  @BeforeEach
  void migrate() {
    clickpy = database.clickpy();
    SchemaMigrator.of(clickpy).migrate();
  }

  private void run(String sql) {
    Command.of(sql).execute(clickpy);
  }

  private void assertOnlyDifference(Difference expected) {
    assertThat(SchemaMigrator.of(clickpy).diff()).containsExactly(expected);
  }

  @Test
  void missingTable() {
    run("DROP TABLE pypi_downloads");

    assertOnlyDifference(new Difference("pypi_downloads", Kind.MISSING, "pypi_downloads", ""));
  }

  @Test
  void missingView() {
    run("DROP VIEW pypi_downloads_per_day_mv");

    assertOnlyDifference(
        new Difference("pypi_downloads_per_day_mv", Kind.MISSING, "pypi_downloads_per_day_mv", ""));
  }

  @Test
  void extraTable() {
    run("CREATE TABLE mine (x UInt8) ENGINE = Null");

    assertOnlyDifference(new Difference("mine", Kind.EXTRA, "", "mine"));
  }

  @Test
  void extraColumn() {
    run("ALTER TABLE pypi ADD COLUMN ci Bool");

    assertOnlyDifference(new Difference("pypi", Kind.COLUMN, "", "ci Bool"));
  }

  @Test
  void missingColumn() {
    run("ALTER TABLE projects DROP COLUMN path");

    assertOnlyDifference(new Difference("projects", Kind.COLUMN, "path String", ""));
  }

  @Test
  void otherType() {
    run("ALTER TABLE pypi_downloads MODIFY COLUMN count UInt64");

    assertOnlyDifference(
        new Difference("pypi_downloads", Kind.TYPE, "count Int64", "count UInt64"));
  }

  @Test
  void otherEngineAndKey() {
    run("DROP DICTIONARY countries_dict");
    run("DROP TABLE countries");
    run(
        "CREATE TABLE countries (name String, code String) ENGINE = ReplacingMergeTree ORDER BY name");

    assertThat(SchemaMigrator.of(clickpy).diff())
        .containsExactly(
            new Difference("countries", Kind.ENGINE, "MergeTree", "ReplacingMergeTree"),
            new Difference("countries", Kind.KEY, "code", "name"),
            new Difference("countries_dict", Kind.MISSING, "countries_dict", ""));
  }

  @Test
  void missingIndex() {
    run("ALTER TABLE projects DROP INDEX normal_name");

    assertOnlyDifference(
        new Difference(
            "projects",
            Kind.INDEX,
            "normal_name lower(replaceRegexpAll(name, '[-_.]+', '-'))",
            ""));
  }

  @Test
  void otherViewText() {
    run("DROP VIEW pypi_downloads_mv");
    run(
        "CREATE MATERIALIZED VIEW pypi_downloads_mv TO pypi_downloads (project String, count Int64)"
            + " AS SELECT project, count() AS count FROM pypi AS source WHERE installer != ''"
            + " GROUP BY project");

    assertOnlyDifference(
        new Difference(
            "pypi_downloads_mv",
            Kind.DEFINITION,
            "CREATE MATERIALIZED VIEW pypi_downloads_mv TO pypi_downloads (`project` String,"
                + " `count` Int64) AS SELECT project, count() AS count FROM pypi AS source GROUP BY"
                + " project",
            "CREATE MATERIALIZED VIEW pypi_downloads_mv TO pypi_downloads (`project` String,"
                + " `count` Int64) AS SELECT project, count() AS count FROM pypi AS source WHERE"
                + " installer != '' GROUP BY project"));
  }

  @Test
  void otherDictionary() {
    run("DROP DICTIONARY countries_dict");
    run(
        "CREATE DICTIONARY countries_dict (name String, code String) PRIMARY KEY code"
            + " SOURCE(CLICKHOUSE(TABLE 'countries')) LIFETIME(MIN 0 MAX 1)"
            + " LAYOUT(COMPLEX_KEY_HASHED())");

    assertThat(SchemaMigrator.of(clickpy).diff())
        .extracting(Difference::object, Difference::kind)
        .containsExactly(tuple("countries_dict", Kind.DEFINITION));
  }
}
