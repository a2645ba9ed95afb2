package io.clickpy.query;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingLong;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.query.GeneratedDatabase.Merges;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Asks questions of random filters, and the same in plain SQL of the raw table: half of them where
 * merges are pending, half where they are done. {@code -Dclickpy.test.seed} repeats a run, {@code
 * -Dclickpy.test.cases} makes it longer.
 */
public final class Oracle implements BeforeAllCallback, AfterAllCallback {
  private static final int CASES = Integer.getInteger("clickpy.test.cases", 300);

  /** How many cases ask the raw table in one round trip. */
  private static final int BATCH = 50;

  private final GeneratedDatabase pending = GeneratedDatabase.of(Merges.PENDING);
  private final GeneratedDatabase merged = GeneratedDatabase.of(Merges.DONE);

  /** Rows that have a day, a project and two other things in common. */
  public record Cell(LocalDate date, String project, String a, String b, long count) {}

  /**
   * A question with its filters.
   *
   * @param name what to tell of it if it fails
   * @param sql plain SQL, each for {@link Cell}s, made by {@link #downloads} or {@link #files}
   * @param check asks, and compares with what each piece of SQL gave, sorted by date
   */
  public record Case(String name, List<String> sql, BiConsumer<ClickPy, List<List<Cell>>> check) {

    /** A case that needs one piece of SQL. */
    public static Case of(Object name, String sql, BiConsumer<ClickPy, List<Cell>> check) {
      return new Case(
          name.toString(), List.of(sql), (clickpy, raw) -> check.accept(clickpy, raw.get(0)));
    }

    /** The downloads that filters choose, by day, project and two other things. */
    static Case ofDownloads(
        RandomFilters filters, String a, String b, BiConsumer<ClickPy, List<Cell>> check) {
      return of(filters, downloads("date", "project", a, b, filters.sql()), check);
    }
  }

  /**
   * Returns SQL for downloads of the raw table.
   *
   * @param date what to tell apart, as SQL of type Date; likewise the others
   */
  public static String downloads(
      String date, String project, String a, String b, String condition) {
    return cells("pypi", date, project, a, b, condition);
  }

  /** Returns SQL for files that were uploaded. */
  public static String files(String date, String project, String a, String condition) {
    return cells("projects", date, project, a, "''", condition);
  }

  private static String cells(
      String table, String date, String project, String a, String b, String condition) {
    return "SELECT %s AS d, %s AS p, toString(%s) AS a, toString(%s) AS b, count() AS n FROM %s"
            .formatted(date, project, a, b, table)
        + " WHERE %s GROUP BY d, p, a, b".formatted(condition);
  }

  /** Returns a text as SQL. */
  public static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Returns how many downloads have something in common. */
  static <K> Map<K, Long> sums(List<Cell> cells, Function<Cell, K> key) {
    return cells.stream().collect(groupingBy(key, summingLong(Cell::count)));
  }

  /** Returns what is counted, most first; equals by name. */
  static List<String> ranked(Map<String, Long> counts) {
    return counts.keySet().stream()
        .sorted(comparingLong((String value) -> -counts.get(value)).thenComparing(value -> value))
        .toList();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    pending.beforeAll(context);
    merged.beforeAll(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    pending.afterAll(context);
    merged.afterAll(context);
  }

  /** Compares as many cases as are asked for. */
  public void compare(Function<Random, Case> cases) {
    Cases.run(
        (CASES + BATCH - 1) / BATCH,
        batch -> {
          int first = batch * BATCH;
          int[] numbers = IntStream.range(first, Math.min(CASES, first + BATCH)).toArray();
          compare((batch % 2 == 0 ? pending : merged).clickpy(), cases, numbers);
        });
  }

  private static void compare(ClickPy clickpy, Function<Random, Case> cases, int[] numbers) {
    List<Case> batch = new ArrayList<>();
    for (int number : numbers) {
      batch.add(cases.apply(new Random(GeneratedDatabase.SEED * 1_000_003 + number)));
    }
    List<List<List<Cell>>> raw = raw(clickpy, batch);
    for (int i = 0; i < numbers.length; i++) {
      try {
        batch.get(i).check().accept(clickpy, raw.get(i));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "Case %d of seed %d: %s%n%s"
                .formatted(numbers[i], GeneratedDatabase.SEED, batch.get(i).name(), e.getMessage()),
            e);
      }
    }
  }

  private static List<List<List<Cell>>> raw(ClickPy clickpy, List<Case> batch) {
    record Found(int number, int part, Cell cell) {}
    List<List<List<Cell>>> raw = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (Case one : batch) {
      List<List<Cell>> answers = new ArrayList<>();
      for (String sql : one.sql()) {
        parts.add(
            "SELECT %d AS i, %d AS j, * FROM (%s)".formatted(raw.size(), answers.size(), sql));
        answers.add(new ArrayList<>());
      }
      raw.add(answers);
    }
    Query.of(
            parts.stream().collect(joining(" UNION ALL ", "SELECT * FROM (", ") ORDER BY d")),
            row ->
                new Found(
                    row.intValue("i"),
                    row.intValue("j"),
                    new Cell(
                        row.date("d"),
                        row.string("p"),
                        row.string("a"),
                        row.string("b"),
                        row.longValue("n"))))
        .fetch(clickpy)
        .forEach(found -> raw.get(found.number()).get(found.part()).add(found.cell()));
    return raw;
  }
}
