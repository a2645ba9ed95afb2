package io.clickpy.query.rollup;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static io.clickpy.query.rollup.Fields.COUNTRY;
import static io.clickpy.query.rollup.Fields.DATE;
import static io.clickpy.query.rollup.Fields.FILE_TYPE;
import static io.clickpy.query.rollup.Fields.INSTALLER;
import static io.clickpy.query.rollup.Fields.MONTH;
import static io.clickpy.query.rollup.Fields.PROJECT;
import static io.clickpy.query.rollup.Fields.PYTHON;
import static io.clickpy.query.rollup.Fields.SYSTEM;
import static io.clickpy.query.rollup.Fields.VERSION;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Rollup;
import io.clickpy.query.GeneratedDownloads;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every builder with random filters, groups, order and limit gives what plain SQL over the raw
 * table gives. {@code -Dclickpy.test.seed} repeats a run, {@code -Dclickpy.test.cases} makes it
 * longer.
 */
class RollupOracleIT {
  private static final long SEED = Long.getLong("clickpy.test.seed", new Random().nextLong());
  private static final int CASES = Integer.getInteger("clickpy.test.cases", 1_000);
  private static final Random RANDOM = new Random(SEED);

  private static final List<DownloadsQuery<?>> BUILDERS =
      List.of(
          Downloads.query(),
          DownloadsByVersion.query(),
          DownloadsPerDay.query(),
          DownloadsPerMonth.query(),
          DownloadsPerDayByVersion.query(),
          DownloadsPerDayByVersionByCountry.query(),
          DownloadsPerDayByVersionByFileType.query(),
          DownloadsPerDayByVersionByInstallerByType.query(),
          DownloadsPerDayByVersionByInstallerByTypeByCountry.query(),
          DownloadsPerDayByVersionByPython.query(),
          DownloadsPerDayByVersionByPythonByCountry.query(),
          DownloadsPerDayByVersionBySystem.query(),
          DownloadsPerDayByVersionBySystemByCountry.query());

  private static ClickPy clickpy;

  @BeforeAll
  static void load() {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    GeneratedDownloads.load(clickpy, RANDOM);
    System.out.println("RollupOracleIT: seed " + SEED);
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void everyAnswerIsThatOfTheRawTableWhateverIsMerged() {
    for (int i = 0; i < CASES; i++) {
      if (i == CASES / 2) {
        GeneratedDownloads.merge(clickpy);
      }
      try {
        compare(BUILDERS.get(i % BUILDERS.size()));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Case %d of seed %d".formatted(i, SEED), e);
      }
    }
  }

  private static <Q extends DownloadsQuery<Q>> void compare(DownloadsQuery<Q> builder) {
    List<Field<?, ?>> fields = fieldsOf(builder);
    Selection selection = builder.selection();
    List<String> conditions = new ArrayList<>(List.of("true"));
    for (Field<?, ?> field : fields) {
      if (RANDOM.nextBoolean()) {
        Filter<?> filter = filter(field, conditions);
        selection = selection.where(filter);
      }
    }
    Collections.shuffle(fields, RANDOM);
    List<Field<?, ?>> groups = fields.subList(0, RANDOM.nextInt(fields.size() + 1));
    for (Field<?, ?> group : groups) {
      selection = selection.groupBy(group);
    }
    Q question = builder.with(selection);
    List<String> order = new ArrayList<>(groups.stream().map(RollupOracleIT::column).toList());
    if (!groups.isEmpty() && RANDOM.nextBoolean()) {
      question = question.mostDownloadsFirst();
      order.add(0, "n DESC");
    }
    int limit = RANDOM.nextBoolean() ? 1 + RANDOM.nextInt(20) : Integer.MAX_VALUE;
    question = question.limit(limit);

    assertThat(question.fetch(clickpy)).isEqualTo(raw(groups, conditions, order, limit));
  }

  private static List<GroupedDownloads> raw(
      List<Field<?, ?>> groups, List<String> conditions, List<String> order, int limit) {
    String columns = groups.stream().map(g -> column(g) + ", ").collect(joining());
    String sql =
        "SELECT %scount() AS n FROM (SELECT *, toStartOfMonth(date) AS month FROM pypi) WHERE %s"
            .formatted(columns, String.join(" AND ", conditions));
    if (!groups.isEmpty()) {
      sql +=
          " GROUP BY "
              + groups.stream().map(RollupOracleIT::column).collect(joining(", "))
              + " ORDER BY "
              + String.join(", ", order);
    }
    return Query.of(sql + " LIMIT " + limit, row -> read(groups, row)).fetch(clickpy).stream()
        .filter(row -> row.count() > 0)
        .toList();
  }

  private static GroupedDownloads read(List<Field<?, ?>> groups, Row row) {
    return new GroupedDownloads(GroupKey.read(groups, row), row.longValue("n"));
  }

  private static List<Field<?, ?>> fieldsOf(DownloadsQuery<?> builder) {
    List<Dimension> dimensions = ((Rollup) builder.plan().table()).dimensions();
    return new ArrayList<>(
        Stream.of(PROJECT, VERSION, DATE, MONTH, COUNTRY, FILE_TYPE, INSTALLER, PYTHON, SYSTEM)
            .filter(field -> dimensions.contains(field.dimension()))
            .toList());
  }

  private static String column(Field<?, ?> field) {
    return field.dimension().column();
  }

  /** Returns a filter, and adds the same in plain SQL. */
  private static Filter<?> filter(Field<?, ?> field, List<String> sql) {
    LocalDate first = NEWEST.minusDays(RANDOM.nextInt(430));
    if (field instanceof DateField<?> date) {
      LocalDate last = first.plusDays(RANDOM.nextInt(100));
      if (RANDOM.nextBoolean()) {
        int days = 1 + RANDOM.nextInt(100);
        sql.add("date > toDate('%s') - %d".formatted(NEWEST, days));
        return date.lastDays(days);
      }
      sql.add("date >= '%s' AND date <= '%s'".formatted(first, last));
      return date.between(first, last);
    }
    if (field instanceof MonthField<?> month) {
      YearMonth from = YearMonth.from(first);
      YearMonth to = from.plusMonths(RANDOM.nextInt(4));
      sql.add("date >= '%s' AND date <= '%s'".formatted(from.atDay(1), to.atEndOfMonth()));
      return month.between(from, to);
    }
    return filter((TextField<?>) field, values(field), sql);
  }

  private static Filter<?> filter(TextField<?> field, List<String> values, List<String> sql) {
    List<String> some = new ArrayList<>(values);
    Collections.shuffle(some, RANDOM);
    some = some.subList(0, RANDOM.nextInt(some.size()));
    String one = values.get(RANDOM.nextInt(values.size()));
    String list = some.stream().map(value -> " OR %s = " + quoted(value)).collect(joining());
    String any = "(false" + list.replace("%s", column(field)) + ")";
    switch (RANDOM.nextInt(4)) {
      case 0 -> {
        sql.add(column(field) + " = " + quoted(one));
        return field.is(one);
      }
      case 1 -> {
        sql.add(any);
        return field.anyOf(some);
      }
      case 2 -> {
        sql.add("NOT " + any);
        return field.noneOf(some);
      }
      default -> {
        String prefix = one.substring(0, Math.min(one.length(), RANDOM.nextInt(3)));
        sql.add(
            "substring(%s, 1, %d) = %s"
                .formatted(
                    column(field), prefix.getBytes(StandardCharsets.UTF_8).length, quoted(prefix)));
        return field.startsWith(prefix);
      }
    }
  }

  private static List<String> values(Field<?, ?> field) {
    return switch (field.dimension()) {
      case PROJECT -> GeneratedDownloads.PROJECTS;
      case VERSION -> GeneratedDownloads.VERSIONS;
      case COUNTRY_CODE -> GeneratedDownloads.COUNTRIES;
      case TYPE -> GeneratedDownloads.TYPES;
      case INSTALLER -> GeneratedDownloads.INSTALLERS;
      case PYTHON_MINOR -> GeneratedDownloads.PYTHONS;
      case SYSTEM -> GeneratedDownloads.SYSTEMS;
      case DATE, MONTH -> throw new IllegalArgumentException(field.toString());
    };
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Test
  void theFirstAndLastDaysAreThoseOfTheRawTable() {
    assertThat(DownloadsMaxMin.query().groupBy(PROJECT).orderByDescending(PROJECT).fetch(clickpy))
        .hasSize(GeneratedDownloads.PROJECTS.size())
        .isEqualTo(
            Query.of(
                    "SELECT project, min(date) AS f, max(date) AS l FROM pypi GROUP BY project"
                        + " ORDER BY project DESC",
                    row ->
                        new GroupedDays(
                            GroupKey.read(List.of(PROJECT), row),
                            DateRange.of(row.date("f"), row.date("l"))))
                .fetch(clickpy));
    assertThat(DownloadsMaxMin.query().where(PROJECT.is("no-such")).fetch(clickpy)).isEmpty();
    assertThat(Downloads.query().where(PROJECT.is("no-such")).fetch(clickpy)).isEmpty();
  }

  static Stream<String> hostileValues() {
    return GeneratedDownloads.hostileValues();
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileValueFindsItselfAndNothingElse(String value) {
    findsNothingElse(VERSION, value);
    findsNothingElse(SYSTEM, value);
    findsNothingElse(COUNTRY, value);
  }

  private static void findsNothingElse(
      TextField<? super DownloadsPerDayByVersionBySystemByCountry> field, String value) {
    var all = DownloadsPerDayByVersionBySystemByCountry.query();
    if (!values(field).contains(value)) {
      assertThat(all.where(field.is(value)).fetch(clickpy)).isEmpty();
      assertThat(all.where(field.anyOf(value)).fetch(clickpy)).isEmpty();
      assertThat(all.where(field.noneOf(value)).fetch(clickpy)).isEqualTo(all.fetch(clickpy));
    }
    assertThat(all.where(field.startsWith(value)).groupBy(field).fetch(clickpy))
        .allMatch(row -> row.value(field).startsWith(value));
  }
}
