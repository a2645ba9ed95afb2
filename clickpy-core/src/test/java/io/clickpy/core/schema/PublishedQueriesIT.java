package io.clickpy.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.Insert;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries written for ClickPy's own tables run here as they are, sent as any client would: those of
 * its README, and one of each kind that its pages ask. Each gives the answer of the raw table.
 */
class PublishedQueriesIT {
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static EmbeddedClickHouse server;
  private static ClickPy clickpy;

  @BeforeAll
  static void fill() {
    server = EmbeddedClickHouse.start();
    clickpy = ClickPy.connect(ClickPyConfig.builder(server.endpoint()).database("pypi").build());
    SchemaMigrator.of(clickpy).migrate();
    byte[] downloads = RollupsIT.downloads(new Random(7), 5_000);
    // Without a list of columns: they come in ClickPy's order.
    Insert.into("pypi", "TabSeparated", out -> out.write(downloads)).execute(clickpy);
    run(
        """
        INSERT INTO projects (name, version, upload_time, summary, requires_dist)
        SELECT arrayJoin(['numpy', 'requests']), arrayJoin(['1.0', '1.0rc1', '2.0']),
            toDateTime64('2024-01-05 10:00:00', 3) + number * 86400, 'a summary', ['a (>=1.0)']
        FROM numbers(2)""");
  }

  @AfterAll
  static void stop() {
    clickpy.close();
    server.close();
  }

  private static void run(String sql) {
    Command.of(sql).execute(clickpy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT project, count() AS c FROM pypi.pypi GROUP BY project ORDER BY c DESC LIMIT 5",
        "SELECT project, sum(count) AS c FROM pypi.pypi_downloads GROUP BY project ORDER BY c DESC"
            + " LIMIT 5",
        // Totals, and the search for a name.
        "SELECT formatReadableQuantity(sum(count)) AS total, uniqExact(project) AS projects"
            + " FROM pypi.pypi_downloads",
        "SELECT project, sum(count) AS c FROM pypi.pypi_downloads WHERE project LIKE 'num%'"
            + " GROUP BY project ORDER BY c DESC LIMIT 6",
        // A project's days, months, weeks and periods.
        "SELECT date, sum(count) AS c FROM pypi.pypi_downloads_per_day WHERE project = 'numpy'"
            + " AND date >= '2024-01-01' GROUP BY date ORDER BY date",
        "SELECT toStartOfWeek(date) AS x, sum(count) AS y FROM pypi.pypi_downloads_per_day_by_version"
            + " WHERE project = 'numpy' AND version = '1.0' GROUP BY x ORDER BY x",
        "SELECT sumIf(count, date > toDate('2024-01-20') - INTERVAL 1 WEEK) AS week,"
            + " sumIf(count, date > toDate('2024-01-20') - INTERVAL 1 MONTH) AS month, sum(count)"
            + " FROM pypi.pypi_downloads_per_day WHERE project = 'numpy'",
        "SELECT month, project, sum(count) AS c FROM pypi.pypi_downloads_per_month"
            + " GROUP BY month, project ORDER BY month, c DESC LIMIT 3 BY month",
        "SELECT min(min_date), max(max_date) FROM pypi.pypi_downloads_max_min"
            + " WHERE project = 'numpy'",
        "SELECT min(date), max(date) FROM pypi.pypi_downloads_per_day_by_version"
            + " WHERE project = 'numpy' AND version = '2.0'",
        // Its versions, programs and machines.
        "SELECT version AS name, sum(count) AS value FROM pypi.pypi_downloads_by_version"
            + " WHERE project = 'numpy' GROUP BY version ORDER BY value DESC LIMIT 6",
        "WITH top AS (SELECT python_minor FROM pypi.pypi_downloads_per_day_by_version_by_python"
            + " WHERE project = 'numpy' AND python_minor != '' GROUP BY python_minor"
            + " ORDER BY sum(count) DESC LIMIT 1) SELECT if(python_minor IN top, python_minor,"
            + " 'other') AS name, toStartOfWeek(date) AS x, sum(count) AS y"
            + " FROM pypi.pypi_downloads_per_day_by_version_by_python WHERE project = 'numpy'"
            + " AND python_minor != '' GROUP BY name, x ORDER BY x, y DESC, name",
        "SELECT python_minor, country_code, sum(count)"
            + " FROM pypi.pypi_downloads_per_day_by_version_by_python_by_country"
            + " WHERE project = 'requests' GROUP BY ALL ORDER BY ALL",
        "SELECT system AS name, date AS x, sum(count) AS y"
            + " FROM pypi.pypi_downloads_per_day_by_version_by_system WHERE project = 'numpy'"
            + " AND system != '' GROUP BY name, x ORDER BY x, y DESC, name LIMIT 4 BY x",
        "SELECT system, sum(count) FROM pypi.pypi_downloads_per_day_by_version_by_system_by_country"
            + " WHERE project = 'numpy' AND country_code = 'DE' GROUP BY system ORDER BY system",
        "SELECT type, sum(count) AS c FROM pypi.pypi_downloads_per_day_by_version_by_file_type"
            + " WHERE project = 'numpy' GROUP BY type ORDER BY c DESC LIMIT 7",
        // Where ClickPy's own table knows one kind of file only.
        "SELECT installer AS name, type AS y, sum(count) AS value"
            + " FROM pypi.pypi_downloads_per_day_by_version_by_installer_by_type"
            + " WHERE project = 'numpy' AND installer != '' GROUP BY installer, type"
            + " ORDER BY installer, value DESC",
        "SELECT installer, type, sum(count)"
            + " FROM pypi.pypi_downloads_per_day_by_version_by_installer_by_type_by_country"
            + " WHERE project = 'numpy' AND country_code = 'US' GROUP BY ALL ORDER BY ALL",
        // Countries with their names, in the two ways.
        "SELECT name, code AS country_code, value FROM pypi.countries AS c LEFT JOIN"
            + " (SELECT country_code, sum(count) AS value"
            + " FROM pypi.pypi_downloads_per_day_by_version_by_country WHERE project = 'numpy'"
            + " GROUP BY country_code) AS d ON c.code = d.country_code ORDER BY value DESC, code",
        "SELECT dictGet('pypi.countries_dict', 'name', country_code) AS country, sum(count) AS c"
            + " FROM pypi.pypi_downloads_per_day_by_version_by_country WHERE project = 'numpy'"
            + " AND country_code != '' GROUP BY country ORDER BY c DESC",
        // Ranks, and the lists of the first page.
        "SELECT count() AS rank FROM (SELECT project, sum(count) AS c"
            + " FROM pypi.pypi_downloads_per_day GROUP BY project) WHERE c >= (SELECT sum(count)"
            + " FROM pypi.pypi_downloads_per_day WHERE project = 'requests')",
        "SELECT quantiles(0.5, 0.9)(c) FROM (SELECT sum(count) AS c"
            + " FROM pypi.pypi_downloads_per_day GROUP BY project)",
        "SELECT project, sum(count) AS c FROM pypi.pypi_downloads_per_day WHERE project IN"
            + " (SELECT project FROM pypi.pypi_downloads_max_min GROUP BY project"
            + " HAVING min(min_date) >= (SELECT max(max_date) FROM pypi.pypi_downloads_max_min)"
            + " - INTERVAL 3 MONTH) GROUP BY project ORDER BY c DESC LIMIT 7",
        "SELECT project, c, dictGet('pypi.last_updated_dict', 'last_update', project)::Date"
            + " AS last_updated FROM (SELECT project, sum(count) AS c FROM pypi.pypi_downloads"
            + " GROUP BY project) WHERE last_updated BETWEEN '1970-01-02' AND '2024-06-01'"
            + " ORDER BY c DESC LIMIT 7",
        "SELECT project, month, c, c / lagInFrame(c) OVER (PARTITION BY project ORDER BY month)"
            + " AS growth FROM (SELECT project, month, sum(count) AS c"
            + " FROM pypi.pypi_downloads_per_month GROUP BY project, month) ORDER BY project, month",
        // ClickPy's own client turns the analyzer off.
        "SELECT project, max(max_date) AS max_date FROM pypi.pypi_downloads_max_min"
            + " GROUP BY project ORDER BY project SETTINGS allow_experimental_analyzer = 0"
      })
  void givesTheAnswerOfTheRawTable(String sql) throws Exception {
    String answer = ask(sql);

    assertThat(answer).isNotEmpty();
    assertThat(answer).isEqualTo(ask(overTheRawTable(sql)));
  }

  /** The same with every rollup replaced by what it is of the raw table. */
  private static String overTheRawTable(String sql) {
    String result = sql;
    for (Rollup rollup : SCHEMA.rollups()) {
      result =
          result.replaceAll(
              "FROM pypi\\." + rollup.name() + "(?!\\w)",
              "FROM (" + rollup.selectFrom(SCHEMA.downloads()) + ")");
    }
    return result.replace("FROM pypi AS source", "FROM pypi.pypi AS source");
  }

  @Test
  void metadataIsAskedAsInClickPy() throws Exception {
    assertThat(
            ask(
                "SELECT formatDateTime(upload_time, '%b') AS x, name AS y, uniqExact(version) AS z"
                    + " FROM pypi.projects WHERE name IN ['numpy', 'requests'] GROUP BY x, y"
                    + " ORDER BY y"))
        .isEqualTo("Jan\tnumpy\t3\nJan\trequests\t3\n");
    assertThat(
            ask(
                "SELECT argMax(version, (upload_time, version)), any(summary) FROM pypi.projects"
                    + " WHERE name = 'numpy' AND length(requires_dist) > 0"))
        .isEqualTo("2.0\ta summary\n");
  }

  @Test
  void anImportOfAllColumnsFitsTheTable() throws Exception {
    ask("CREATE TABLE pypi.exported AS pypi.projects");
    ask("INSERT INTO pypi.exported SELECT * FROM pypi.projects");

    assertThat(ask("SELECT count() FROM pypi.exported"))
        .isEqualTo(ask("SELECT count() FROM pypi.projects"));
    assertThat(ask("SELECT count() FROM pypi.exported")).isEqualTo("12\n");
  }

  private static String ask(String sql) throws IOException, InterruptedException {
    var response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.endpoint().toString()))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build(),
            BodyHandlers.ofString());
    assertThat(List.of(response.statusCode(), response.body())).startsWith(200);
    return response.body();
  }
}
