package io.clickpy.benchmarks.races;

import com.clickhouse.client.api.query.GenericRecord;
import io.clickpy.benchmarks.peers.DriverRecords;
import io.clickpy.benchmarks.peers.Jdbc;
import io.clickpy.benchmarks.peers.PlainHttp;
import io.clickpy.benchmarks.race.Figures;
import io.clickpy.benchmarks.race.Lap;
import io.clickpy.benchmarks.race.Race;
import io.clickpy.benchmarks.race.RaceResult;
import io.clickpy.benchmarks.race.Report;
import io.clickpy.benchmarks.race.Side;
import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.query.DailyDownloads;
import io.clickpy.query.ListQuery;
import io.clickpy.query.PypiStats;
import io.clickpy.query.VersionDownloads;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What does the way from the server's answer to Java values cost? The same SQL is asked by this
 * library, by {@code java.net.http} with a decoder written by hand, by clickhouse-jdbc, and by
 * client-v2's {@code queryAll}.
 */
final class QueryRace implements RaceProgram {
  private static final int DAYS = 180;
  private static final int PROJECTS = 1_000;
  private static final int STREAMS_A_LAP = 5;
  static final int STREAMED_ROWS = 100_000;

  /** A row that is streamed. */
  record VersionDay(String project, String version, LocalDate date, long count) {}

  /** A row of the answer to how the shares of Python developed. */
  record PythonBucket(LocalDate start, boolean other, String python, long count) {}

  /**
   * One question, and how each of the sides makes rows of its answer.
   *
   * @param asked makes the question anew, as a program does each time
   */
  private record Question<R>(
      String name,
      Supplier<ListQuery<?>> asked,
      PlainHttp.Decoder<R> http,
      Jdbc.Decoder<R> jdbc,
      Function<GenericRecord, R> driver) {}

  @Override
  public Report run(RaceSettings settings) throws Exception {
    try (Arena arena = new Arena();
        ClickPy clickpy = arena.newDatabase("queries")) {
      new ServerSideSample(settings.rows(), PROJECTS, DAYS).fill(clickpy);
      String database = clickpy.database().value();
      List<RaceResult> results = new ArrayList<>();
      try (Jdbc jdbc = new Jdbc(arena.endpoint(), database);
          DriverRecords driver = new DriverRecords(arena.endpoint(), database)) {
        PlainHttp http = new PlainHttp(arena.endpoint(), database);
        for (Question<?> question : questions(ServerSideSample.PROJECT)) {
          results.add(race(question, clickpy, http, jdbc, driver, settings));
        }
        results.add(streams(clickpy, http, jdbc, driver, settings));
      }
      return new Report(
          "queries",
          "Point queries and a stream, over %,d downloads of %,d projects in %d days"
              .formatted(settings.rows(), PROJECTS, DAYS),
          arena.environment(),
          results,
          List.of(heap(arena, database)));
    }
  }

  private static List<Question<?>> questions(String project) {
    return List.of(
        new Question<>(
            "per day",
            () -> PypiStats.downloadsPerDay(project),
            in -> new DailyDownloads(in.date(), in.int64()),
            row -> new DailyDownloads(row.getObject(1, LocalDate.class), row.getLong(2)),
            row -> new DailyDownloads(row.getLocalDate("date"), row.getLong("downloads"))),
        new Question<>(
            "top versions",
            () -> PypiStats.topVersions(project),
            in -> new VersionDownloads(in.string(), in.int64()),
            row -> new VersionDownloads(row.getString(1), row.getLong(2)),
            row -> new VersionDownloads(row.getString("version"), row.getLong("downloads"))),
        new Question<>(
            "Python over time",
            () -> PypiStats.downloadsByPython(project).overTime(),
            in -> {
              LocalDate start = in.date();
              boolean other = in.bool();
              String python = in.string();
              in.string();
              long count = in.int64();
              in.date();
              in.date();
              return new PythonBucket(start, other, python, count);
            },
            row ->
                new PythonBucket(
                    row.getObject("start", LocalDate.class),
                    row.getBoolean("other"),
                    row.getString("category"),
                    row.getLong("downloads")),
            row ->
                new PythonBucket(
                    row.getLocalDate("start"),
                    row.getBoolean("other"),
                    row.getString("category"),
                    row.getLong("downloads"))));
  }

  private static <R> RaceResult race(
      Question<R> question,
      ClickPy clickpy,
      PlainHttp http,
      Jdbc jdbc,
      DriverRecords driver,
      RaceSettings settings)
      throws Exception {
    Supplier<ListQuery<?>> asked = question.asked();
    Query<?> query = asked.get().toQuery();
    int rows = query.fetch(clickpy).size();
    return Race.of(
            "%s (%d rows)".formatted(question.name(), rows),
            "ms",
            side("clickpy", rows, settings, () -> asked.get().fetch(clickpy)),
            side(
                "java.net.http by hand (floor)",
                rows,
                settings,
                () -> http.fetch(query, question.http())),
            side("clickhouse-jdbc", rows, settings, () -> jdbc.fetch(query, question.jdbc())),
            side(
                "client-v2 queryAll", rows, settings, () -> driver.fetch(query, question.driver())))
        .run(settings.rounds(), settings.log());
  }

  private static Side side(String name, int rows, RaceSettings settings, Answer answer) {
    return new Side(
        name,
        Lap.medianMillis(
            settings.questions(),
            () -> {
              int found = answer.get().size();
              if (found != rows) {
                throw new IllegalStateException("%s: %d rows of %d".formatted(name, found, rows));
              }
            }));
  }

  /** Asks and decodes. */
  @FunctionalInterface
  private interface Answer {
    List<?> get() throws Exception;
  }

  /** What is streamed: the server has no work with it but to read. */
  static Query<VersionDay> streamed(int rows) {
    return Query.of(
            "SELECT project, version, date, count FROM pypi_downloads_per_day_by_version"
                + " LIMIT {limit:UInt32}",
            row ->
                new VersionDay(
                    row.string("project"),
                    row.string("version"),
                    row.date("date"),
                    row.longValue("count")))
        .bind("limit", rows);
  }

  private static RaceResult streams(
      ClickPy clickpy, PlainHttp http, Jdbc jdbc, DriverRecords driver, RaceSettings settings)
      throws Exception {
    Query<VersionDay> query = streamed(STREAMED_ROWS);
    return Race.of(
            "a stream of %,d rows".formatted(STREAMED_ROWS),
            "ms",
            stream("clickpy", () -> sum(query, clickpy)),
            stream(
                "java.net.http by hand (floor)",
                () ->
                    http
                        .fetch(
                            query,
                            in -> new VersionDay(in.string(), in.string(), in.date(), in.int64()))
                        .stream()
                        .mapToLong(VersionDay::count)
                        .sum()),
            stream(
                "clickhouse-jdbc",
                () ->
                    jdbc
                        .fetch(
                            query,
                            row ->
                                new VersionDay(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getObject(3, LocalDate.class),
                                    row.getLong(4)))
                        .stream()
                        .mapToLong(VersionDay::count)
                        .sum()),
            stream(
                "client-v2 queryAll",
                () ->
                    driver
                        .fetch(
                            query,
                            row ->
                                new VersionDay(
                                    row.getString("project"),
                                    row.getString("version"),
                                    row.getLocalDate("date"),
                                    row.getLong("count")))
                        .stream()
                        .mapToLong(VersionDay::count)
                        .sum()))
        .run(settings.rounds(), settings.log());
  }

  private static Side stream(String name, Sum sum) {
    return new Side(
        name,
        Lap.medianMillis(
            STREAMS_A_LAP,
            () -> {
              if (sum.get() <= 0) {
                throw new IllegalStateException(name + " found no downloads");
              }
            }));
  }

  /** Reads a stream to its end and adds up. */
  @FunctionalInterface
  private interface Sum {
    long get() throws Exception;
  }

  static long sum(Query<VersionDay> query, ClickPy clickpy) {
    try (Stream<VersionDay> rows = query.stream(clickpy)) {
      return rows.mapToLong(VersionDay::count).sum();
    }
  }

  /** The least heap in which the stream runs: a JVM with less fails. */
  private static Figures heap(Arena arena, String database) throws Exception {
    Figures figures = Figures.of("Streaming in a small heap", "rows", "heap", "outcome");
    for (int rows : List.of(STREAMED_ROWS, 10 * STREAMED_ROWS)) {
      for (String heap : List.of("64m", "16m")) {
        ChildJvm.run(
            List.of("-Xmx" + heap),
            StreamInSmallHeap.class,
            arena.endpoint().toString(),
            database,
            Integer.toString(rows));
        figures = figures.row("%,d".formatted(rows), heap, "complete");
      }
    }
    return figures;
  }
}
