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
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.packaging.VersionSpecifier;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Rollup;
import io.clickpy.query.GeneratedDatabase;
import io.clickpy.query.GeneratedDatabase.Merges;
import io.clickpy.query.GeneratedDownloads;
import io.clickpy.query.Oracle;
import io.clickpy.query.Oracle.Case;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every builder with random filters, groups, order and limit gives what plain SQL over the raw
 * table gives.
 */
class RollupOracleIT {
  @RegisterExtension static final Oracle ORACLE = new Oracle();

  @RegisterExtension static final GeneratedDatabase DATABASE = GeneratedDatabase.of(Merges.PENDING);

  private static final List<DownloadsQuery<?>> BUILDERS =
      List.of(
          Downloads.query(),
          DownloadsByVersion.query(),
          DownloadsPerDay.query(),
          DownloadsPerMonth.query(),
          DownloadsOverallPerDay.query(),
          DownloadsPerDayByCountry.query(),
          DownloadsPerDayByInstallerByType.query(),
          DownloadsPerDayByPython.query(),
          DownloadsPerDayBySystem.query(),
          DownloadsPerDayByVersion.query(),
          DownloadsPerDayByVersionByCountry.query(),
          DownloadsPerDayByVersionByFileType.query(),
          DownloadsPerDayByVersionByInstallerByType.query(),
          DownloadsPerDayByVersionByInstallerByTypeByCountry.query(),
          DownloadsPerDayByVersionByPython.query(),
          DownloadsPerDayByVersionByPythonByCountry.query(),
          DownloadsPerDayByVersionBySystem.query(),
          DownloadsPerDayByVersionBySystemByCountry.query());

  /** Stands between the values of a row; in none of the values. */
  private static final String DIVIDER = "\u001f";

  @Test
  void everyBuilder() {
    ORACLE.compare(random -> compare(BUILDERS.get(random.nextInt(BUILDERS.size())), random));
  }

  private static <Q extends DownloadsQuery<Q>> Case compare(
      DownloadsQuery<Q> builder, Random random) {
    List<Field<?, ?>> fields = fieldsOf(builder);
    Selection selection = builder.selection();
    List<String> conditions = new ArrayList<>(List.of("true"));
    for (Field<?, ?> field : fields) {
      if (random.nextBoolean()) {
        selection = selection.where(filter(field, conditions, random));
      }
    }
    Collections.shuffle(fields, random);
    List<Field<?, ?>> groups = fields.subList(0, random.nextInt(fields.size() + 1));
    for (Field<?, ?> group : groups) {
      selection = selection.groupBy(group);
    }
    Q question = builder.with(selection);
    List<String> order = new ArrayList<>(groups.stream().map(RollupOracleIT::column).toList());
    if (!groups.isEmpty() && random.nextBoolean()) {
      question = question.mostDownloadsFirst();
      order.add(0, "n DESC");
    }
    int limit = random.nextBoolean() ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
    Q limited = question.limit(limit);
    return Case.of(
        limited.sql(),
        raw(groups, conditions, order, limit),
        (clickpy, raw) ->
            assertThat(limited.fetch(clickpy).stream().map(row -> text(groups, row)).toList())
                .isEqualTo(
                    raw.stream()
                        .sorted(comparingInt(cell -> Integer.parseInt(cell.b())))
                        .map(cell -> cell.a() + DIVIDER + cell.count())
                        .toList()));
  }

  private static String text(List<Field<?, ?>> groups, GroupedDownloads row) {
    return groups.stream()
        .map(group -> day(row.value(group)).toString())
        .collect(joining(DIVIDER, "", DIVIDER + row.count()));
  }

  /** A month is its first day. */
  private static Object day(Object value) {
    return value instanceof YearMonth month ? month.atDay(1) : value;
  }

  private static String raw(
      List<Field<?, ?>> groups, List<String> conditions, List<String> order, int limit) {
    String columns = groups.stream().map(RollupOracleIT::column).collect(joining(", "));
    String texts =
        groups.stream().map(g -> "toString(%s)".formatted(column(g))).collect(joining(", "));
    String ordered = order.isEmpty() ? "" : "ORDER BY " + String.join(", ", order);
    return """
        SELECT toDate(0) AS d, '' AS p, arrayStringConcat(CAST([%s] AS Array(String)), '%s') AS a,
          toString(row_number() OVER (%s)) AS b, n
        FROM (
          SELECT %scount() AS n FROM (SELECT *, toStartOfMonth(date) AS month FROM pypi)
          WHERE %s %s HAVING n > 0)
        ORDER BY toUInt32(b) LIMIT %d"""
        .formatted(
            texts,
            DIVIDER,
            ordered,
            columns.isEmpty() ? "" : columns + ", ",
            String.join(" AND ", conditions),
            columns.isEmpty() ? "" : "GROUP BY " + columns,
            limit);
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
  private static Filter<?> filter(Field<?, ?> field, List<String> sql, Random random) {
    LocalDate first = NEWEST.minusDays(random.nextInt(430));
    if (field instanceof DateField<?> date) {
      LocalDate last = first.plusDays(random.nextInt(100));
      if (random.nextBoolean()) {
        int days = 1 + random.nextInt(100);
        sql.add("date > toDate('%s') - %d".formatted(NEWEST, days));
        return date.lastDays(days);
      }
      sql.add("date >= '%s' AND date <= '%s'".formatted(first, last));
      return date.between(first, last);
    }
    if (field instanceof MonthField<?> month) {
      YearMonth from = YearMonth.from(first);
      YearMonth to = from.plusMonths(random.nextInt(4));
      sql.add("date >= '%s' AND date <= '%s'".formatted(from.atDay(1), to.atEndOfMonth()));
      return month.between(from, to);
    }
    if (field instanceof VersionField<?> version && random.nextInt(5) == 0) {
      sql.add("version IN ('1.1', '2.0', '2.0rc1')");
      return version.satisfies(VersionSpecifier.parse(">1.0,<=2"), PreReleases.INCLUDE);
    }
    return filter((TextField<?>) field, values(field), sql, random);
  }

  private static Filter<?> filter(
      TextField<?> field, List<String> values, List<String> sql, Random random) {
    List<String> some = new ArrayList<>(values);
    Collections.shuffle(some, random);
    some = some.subList(0, random.nextInt(some.size()));
    String one = values.get(random.nextInt(values.size()));
    String list = some.stream().map(value -> " OR %s = " + Oracle.quoted(value)).collect(joining());
    String any = "(false" + list.replace("%s", column(field)) + ")";
    switch (random.nextInt(4)) {
      case 0 -> {
        sql.add(column(field) + " = " + Oracle.quoted(one));
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
        String prefix = one.substring(0, Math.min(one.length(), random.nextInt(3)));
        sql.add(
            "substring(%s, 1, %d) = %s"
                .formatted(
                    column(field),
                    prefix.getBytes(StandardCharsets.UTF_8).length,
                    Oracle.quoted(prefix)));
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

  @Test
  void theFirstAndLastDaysAreThoseOfTheRawTable() {
    assertThat(
            DownloadsMaxMin.query()
                .groupBy(PROJECT)
                .orderByDescending(PROJECT)
                .fetch(DATABASE.clickpy()))
        .hasSizeGreaterThan(GeneratedDownloads.PROJECTS.size())
        .isEqualTo(
            Query.of(
                    "SELECT project, min(date) AS f, max(date) AS l FROM pypi GROUP BY project"
                        + " ORDER BY project DESC",
                    row ->
                        new GroupedDays(
                            GroupKey.read(List.of(PROJECT), row),
                            DateRange.of(row.date("f"), row.date("l"))))
                .fetch(DATABASE.clickpy()));
    assertThat(DownloadsMaxMin.query().where(PROJECT.is("no-such")).fetch(DATABASE.clickpy()))
        .isEmpty();
    assertThat(Downloads.query().where(PROJECT.is("no-such")).fetch(DATABASE.clickpy())).isEmpty();
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
      assertThat(all.where(field.is(value)).fetch(DATABASE.clickpy())).isEmpty();
      assertThat(all.where(field.anyOf(value)).fetch(DATABASE.clickpy())).isEmpty();
      assertThat(all.where(field.noneOf(value)).fetch(DATABASE.clickpy()))
          .isEqualTo(all.fetch(DATABASE.clickpy()));
    }
    assertThat(all.where(field.startsWith(value)).groupBy(field).fetch(DATABASE.clickpy()))
        .allMatch(row -> row.value(field).startsWith(value));
  }
}
