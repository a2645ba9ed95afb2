package io.clickpy.core.schema;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.Query;
import io.clickpy.core.QueryResult;
import io.clickpy.core.QueryStatistics;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A program that fills our schema and ClickPy's with the same downloads, and prints the figures of
 * {@code docs/adr/0003-keep-clickpys-tables-with-other-keys.md}. Argument: how many downloads.
 */
final class SchemaComparison {
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();
  private static final String BY = "pypi_downloads_per_day_by_version_by_";
  private static final String MONTH = "date BETWEEN '2025-06-01' AND '2025-06-30'";

  /** What ClickPy keeps as plain strings, by the names of the tables where it does. */
  private static final Map<String, Set<String>> PLAIN_STRINGS =
      Map.of(
          "python_minor", Set.of(BY + "python", BY + "python_by_country"),
          "system", Set.of(BY + "system", BY + "system_by_country"),
          "country_code", Set.of(BY + "country", BY + "system_by_country"),
          "installer", Set.of(BY + "installer_by_type", BY + "installer_by_type_by_country"));

  /** How often each question is asked. */
  private static final int TURNS = 51;

  private SchemaComparison() {}

  public static void main(String[] args) {
    long downloads = args.length == 0 ? 1_000_000 : Long.parseLong(args[0]);
    try (EmbeddedClickHouse server = EmbeddedClickHouse.start();
        ClickPy source = connect(server, "source");
        ClickPy ours = connect(server, "ours");
        ClickPy theirs = connect(server, "theirs")) {
      generate(source, downloads);
      create(ours, UnaryOperator.identity());
      create(theirs, SchemaComparison::asClickPyDoes);
      insertInTurns(ours, theirs);
      compareSizes(ours, theirs);
      questions().forEach((question, sql) -> compare(question, sql, ours, theirs));
    }
  }

  private static ClickPy connect(EmbeddedClickHouse server, String database) {
    ClickPy clickpy =
        ClickPy.connect(ClickPyConfig.builder(server.endpoint()).database(database).build());
    Command.of("CREATE DATABASE " + database)
        .inDatabase(DatabaseName.of("system"))
        .execute(clickpy);
    return clickpy;
  }

  private static void generate(ClickPy clickpy, long downloads) {
    run(
        clickpy,
        Ddl.createTable(SCHEMA.downloads()).replaceFirst("ORDER BY .*", "ORDER BY tuple()"));
    Command.of(
            "INSERT INTO pypi (date, country_code, project, type, installer, python_minor, system,"
                + " version) SELECT toDate('2025-01-01') + day,"
                + weighted(2, 4, "US", "SG", "IE", "DE", "NL", "IN", "GB", "JP", "CA", "FR", "")
                + ", concat('project-', toString(toUInt32(pow(200, "
                + random(3)
                + ")))),"
                + weighted(4, 3, "bdist_wheel", "sdist")
                + ","
                + weighted(5, 2, "pip", "uv", "poetry", "requests", "", "bandersnatch", "pdm")
                + ","
                + weighted(6, 2, "3.12", "3.11", "3.10", "3.13", "3.9", "3.8", "", "2.7")
                + ","
                + weighted(7, 4, "Linux", "Darwin", "Windows", "")
                + ", concat(toString(greatest(0, toInt32(day / 10 - 12 * pow("
                + random(8)
                + ", 2)))), '.0') FROM (SELECT toUInt32(365 * "
                + random(1)
                + ") AS day FROM numbers({downloads:UInt64}))")
        .bind("downloads", downloads)
        .execute(clickpy);
  }

  private static String random(int seed) {
    return "(rand64(%d) / 18446744073709551616.)".formatted(seed);
  }

  /** One of the values, the first most often. */
  private static String weighted(int seed, int power, String... values) {
    return "['%s'][1 + toUInt32(%d * pow(%s, %d))]"
        .formatted(String.join("','", values), values.length, random(seed), power);
  }

  private static void create(ClickPy clickpy, UnaryOperator<String> form) {
    SCHEMA.tables().forEach(table -> run(clickpy, form.apply(Ddl.createTable(table))));
    SCHEMA.rollups().forEach(rollup -> run(clickpy, Ddl.createView(rollup, SCHEMA.downloads())));
  }

  /** ClickPy's raw sort key, its plain strings, its one key without the kind of file. */
  private static String asClickPyDoes(String sql) {
    String name = sql.split(" ", 7)[5];
    String result =
        sql.replaceFirst(", INDEX [^)]*GRANULARITY 1", "").replaceFirst(" SETTINGS .*", "");
    for (Map.Entry<String, Set<String>> plain : PLAIN_STRINGS.entrySet()) {
      if (plain.getValue().contains(name)) {
        result =
            result.replace(plain.getKey() + " LowCardinality(String)", plain.getKey() + " String");
      }
    }
    if (name.equals("pypi")) {
      result = result.replace("(project, version, date,", "(project, date, version,");
    }
    return name.equals(BY + "installer_by_type")
        ? result.replace("installer, type)", "installer)")
        : result;
  }

  /** In turns and the best of three, because other programs run beside this one. */
  private static void insertInTurns(ClickPy ours, ClickPy theirs) {
    Duration best = Duration.ofDays(1);
    Duration bestOfTheirs = best;
    for (int round = 0; round < 3; round++) {
      best = min(best, insert(ours));
      bestOfTheirs = min(bestOfTheirs, insert(theirs));
    }
    System.out.printf("| insert, ms | %d | %d |%n", best.toMillis(), bestOfTheirs.toMillis());
  }

  private static Duration insert(ClickPy clickpy) {
    run(clickpy, "TRUNCATE TABLE pypi");
    SCHEMA.rollups().forEach(rollup -> run(clickpy, "TRUNCATE TABLE " + rollup.name()));
    long start = System.nanoTime();
    run(clickpy, "INSERT INTO pypi SELECT * FROM source.pypi");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void compareSizes(ClickPy ours, ClickPy theirs) {
    Map<String, Long> sizes = sizes(ours);
    Map<String, Long> sizesOfTheirs = sizes(theirs);
    sizes.forEach(
        (table, size) ->
            System.out.printf("| %s, bytes | %d | %d |%n", table, size, sizesOfTheirs.get(table)));
    System.out.printf("| all, bytes | %d | %d |%n", sum(sizes), sum(sizesOfTheirs));
  }

  private static long sum(Map<String, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> sizes(ClickPy clickpy) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (Table table : SCHEMA.tables()) {
      run(clickpy, "OPTIMIZE TABLE " + table.name() + " FINAL");
      long size =
          Query.of(
                  "SELECT sum(bytes_on_disk) AS size FROM system.parts"
                      + " WHERE active AND database = currentDatabase() AND table = {name:String}",
                  row -> row.longValue("size"))
              .bind("name", table.name())
              .fetch(clickpy)
              .get(0);
      sizes.put(table.name(), size);
    }
    return sizes;
  }

  private static Map<String, String> questions() {
    Map<String, String> questions = new LinkedHashMap<>();
    questions.put("downloads of a project", "FROM pypi_downloads WHERE project = 'project-1'");
    questions.put("its days in a month", perDay("", "pypi_downloads_per_day", "date"));
    questions.put(
        "its versions in a month", perDay("", "pypi_downloads_per_day_by_version", "version"));
    questions.put("its Pythons in a month", perDay("", BY + "python", "python_minor"));
    questions.put("its systems in a month", perDay("", BY + "system", "system"));
    questions.put("its countries in a month", perDay("", BY + "country", "country_code"));
    questions.put("its kinds of file in a month", perDay("", BY + "file_type", "type"));
    questions.put(
        "its installers in a country in a month",
        perDay(" AND country_code = 'DE'", BY + "installer_by_type_by_country", "installer"));
    questions.put(
        "Pythons of one version",
        "FROM %spython WHERE project = 'project-1' AND version = '12.0' GROUP BY python_minor"
            .formatted(BY));
    questions.put(
        "top projects of a month",
        "FROM pypi_downloads_per_month WHERE month = '2025-06-01' GROUP BY project");
    return questions;
  }

  private static String perDay(String filter, String table, String dimension) {
    return "FROM %s WHERE project = 'project-1' AND %s%s GROUP BY %s"
        .formatted(table, MONTH, filter, dimension);
  }

  private static QueryResult<Long> ask(ClickPy clickpy, String sql) {
    return Query.of("SELECT sum(count) AS downloads " + sql, row -> row.longValue("downloads"))
        .fetch(clickpy);
  }

  /** In turns, and the median of the times on the server. */
  private static void compare(String question, String sql, ClickPy ours, ClickPy theirs) {
    List<QueryStatistics> first = new ArrayList<>();
    List<QueryStatistics> second = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      first.add(ask(ours, sql).statistics());
      second.add(ask(theirs, sql).statistics());
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.1f | %.1f |%n",
        question,
        first.get(0).rowsRead(),
        second.get(0).rowsRead(),
        medianMillis(first),
        medianMillis(second));
  }

  private static double medianMillis(List<QueryStatistics> runs) {
    List<Duration> times = runs.stream().map(QueryStatistics::elapsed).sorted().toList();
    return times.get(times.size() / 2).toNanos() / 1e6;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static void run(ClickPy clickpy, String sql) {
    Command.of(sql).execute(clickpy);
  }
}
