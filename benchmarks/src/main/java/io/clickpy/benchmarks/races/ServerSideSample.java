package io.clickpy.benchmarks.races;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.time.LocalDate;

/**
 * Downloads that the server itself makes up, for sizes for which files would take too long. As in
 * {@code SampleDownloads}, a project has fleets of machines, each of which downloads the same file
 * every day, 20 times on average; but popularity, countries, versions and clients follow simple
 * curves, not PyPI's own figures. A project has a new release every fortnight. Deterministic.
 *
 * @param rows how many downloads
 * @param projects how many share them; the share of rank r falls as r^(-2/3)
 * @param days from {@link #FIRST_DAY}
 */
record ServerSideSample(long rows, int projects, int days) {
  static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

  /** The second most popular project. */
  static final String PROJECT = "project-1";

  private static final int INSERT_THREADS = 2;

  /** Migrates a database and fills the raw table, and the rollups from it, fine to coarse. */
  void fill(ClickPy clickpy) {
    SchemaMigrator.of(clickpy).migrate();
    PypiSchema schema = PypiSchema.ofDefaults();
    // The rollups are derived afterwards, as the loader does: views would take eight times as long.
    schema.rollups().forEach(rollup -> run(clickpy, "DROP VIEW " + rollup.viewName()));
    fillRaw(clickpy);
    for (Rollup rollup : schema.rollups()) {
      run(
          clickpy,
          "INSERT INTO %s %s".formatted(rollup.name(), rollup.selectFrom(rollup.derivedFrom())));
    }
  }

  private void fillRaw(ClickPy clickpy) {
    Command.of(
            """
            INSERT INTO pypi
              (date, country_code, project, type, installer, python_minor, system, version)
            WITH
              least({projects:UInt32} - 1, toUInt32({projects:UInt32} * pow(%1$s, 3))) AS rank,
              {rows:UInt64} / {days:UInt32}
                * (cbrt((rank + 1) / {projects:UInt32}) - cbrt(rank / {projects:UInt32}))
                AS downloads_a_day,
              toUInt32({days:UInt32} * %2$s) AS day,
              cityHash64(number, 'fleet') %% toUInt64(greatest(1, round(downloads_a_day / 20))) AS fleet,
              cityHash64(rank, fleet) AS client
            SELECT
              {first:Date} + day,
              %3$s,
              concat('project-', toString(rank)),
              %4$s,
              %5$s,
              %6$s,
              %7$s,
              concat(
                toString(rank %% 5), '.',
                toString(20 + intDiv(day, 14) - if(%8$s < 0.6, 0, toUInt32(20 * pow(%9$s, 2)))), '.0')
            FROM numbers_mt({rows:UInt64})
            """
                .formatted(
                    unit("number, 'project'"),
                    unit("number, 'day'"),
                    oneOf(
                        "client, 'country'",
                        4,
                        "US",
                        "SG",
                        "IE",
                        "DE",
                        "NL",
                        "IN",
                        "GB",
                        "JP",
                        "CA",
                        "FR",
                        "CN",
                        "BR",
                        "AU",
                        "KR",
                        "SE",
                        "ES",
                        "IT",
                        "PL",
                        "RU",
                        "TR",
                        "HK",
                        "ID",
                        "CH",
                        "FI",
                        "ZA",
                        ""),
                    oneOf("client, 'type'", 4, "bdist_wheel", "sdist"),
                    oneOf(
                        "client, 'installer'",
                        3,
                        "pip",
                        "uv",
                        "poetry",
                        "requests",
                        "",
                        "bandersnatch",
                        "pdm"),
                    oneOf(
                        "client, 'python'",
                        2,
                        "3.12",
                        "3.11",
                        "3.13",
                        "3.10",
                        "3.9",
                        "3.14",
                        "3.8",
                        "3.7",
                        "",
                        "3.6",
                        "2.7"),
                    oneOf("client, 'system'", 5, "Linux", "Darwin", "Windows", "", "FreeBSD"),
                    unit("client, 'newest'"),
                    unit("client, 'version'")))
        .bind("rows", rows)
        .bind("projects", projects)
        .bind("days", days)
        .bind("first", FIRST_DAY)
        .setting("max_insert_threads", Integer.toString(INSERT_THREADS))
        .execute(clickpy);
  }

  /** A number from 0 to 1 that follows from some others. */
  private static String unit(String from) {
    return "(cityHash64(" + from + ") / 18446744073709551616.)";
  }

  /** One of the values, the first most often. */
  private static String oneOf(String from, int power, String... values) {
    return "['%s'][1 + toUInt32(%d * pow(%s, %d))]"
        .formatted(String.join("', '", values), values.length, unit(from), power);
  }

  private static void run(ClickPy clickpy, String sql) {
    Command.of(sql)
        .setting("max_insert_threads", Integer.toString(INSERT_THREADS))
        .execute(clickpy);
  }
}
