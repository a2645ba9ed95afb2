package io.clickpy.query.rollup;

import static io.clickpy.query.rollup.Fields.COUNTRY;
import static io.clickpy.query.rollup.Fields.DATE;
import static io.clickpy.query.rollup.Fields.MONTH;
import static io.clickpy.query.rollup.Fields.PROJECT;
import static io.clickpy.query.rollup.Fields.SYSTEM;
import static io.clickpy.query.rollup.Fields.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RollupsTest {

  static List<Rollup> rollups() {
    return PypiSchema.ofDefaults().rollups();
  }

  @ParameterizedTest
  @MethodSource("rollups")
  void everyRollupHasItsBuilderWithExactlyItsDimensions(Rollup rollup) throws Exception {
    Class<?> builder = builder(rollup);
    RollupQuery<?, ?> question = (RollupQuery<?, ?>) builder.getMethod("query").invoke(null);

    assertThat(question.plan().table()).isEqualTo(rollup);
    Map<Class<?>, Dimension> mixIns = mixIns();
    assertThat(Arrays.stream(builder.getInterfaces()).map(mixIns::get))
        .containsExactlyInAnyOrderElementsOf(rollup.dimensions());
  }

  private static Class<?> builder(Rollup rollup) throws ClassNotFoundException {
    String name =
        Arrays.stream(rollup.name().substring("pypi_".length()).split("_", -1))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    return Class.forName(RollupsTest.class.getPackageName() + "." + name);
  }

  /** The mix-ins by the types of the fields, and the dimensions by their values. */
  private static Map<Class<?>, Dimension> mixIns() throws IllegalAccessException {
    Map<Class<?>, Dimension> mixIns = new HashMap<>();
    for (Field constant : Fields.class.getFields()) {
      assertThat(Modifier.isStatic(constant.getModifiers())).isTrue();
      ParameterizedType type = (ParameterizedType) constant.getGenericType();
      mixIns.put(
          (Class<?>) type.getActualTypeArguments()[0],
          ((io.clickpy.query.rollup.Field<?, ?>) constant.get(null)).dimension());
    }
    assertThat(mixIns.values()).containsExactlyInAnyOrder(Dimension.values());
    return mixIns;
  }

  @Test
  void everyKindOfFilterIsBound() {
    DownloadsPerDayByVersionByCountry question =
        DownloadsPerDayByVersionByCountry.query()
            .where(PROJECT.is("Scikit_Learn"))
            .where(VERSION.startsWith("1."))
            .where(VERSION.noneOf("1.0", "1.1"))
            .where(COUNTRY.anyOf("DE", "US"))
            .where(DATE.between(LocalDate.of(2024, 8, 1), LocalDate.of(2024, 8, 9)))
            .groupBy(DATE, COUNTRY)
            .groupBy(DATE)
            .mostDownloadsFirst()
            .orderByDescending(DATE)
            .limit(5);

    assertThat(question.sql())
        .isEqualTo(
            """
            SELECT date, country_code, sum(count) AS downloads
            FROM pypi_downloads_per_day_by_version_by_country
            WHERE project = {project:String}
              AND startsWith(version, {version:String})
              AND version NOT IN {version_2:Array(String)}
              AND country_code IN {country_code:Array(String)}
              AND date BETWEEN {first_day:Date} AND {last_day:Date}
            GROUP BY date, country_code
            HAVING downloads > 0
            ORDER BY downloads DESC, date DESC, country_code
            LIMIT {limit:UInt32}""");
    assertThat(question.parameters())
        .isEqualTo(
            Map.of(
                "project", "scikit-learn",
                "version", "1.",
                "version_2", List.of("1.0", "1.1"),
                "country_code", List.of("DE", "US"),
                "first_day", LocalDate.of(2024, 8, 1),
                "last_day", LocalDate.of(2024, 8, 9),
                "limit", 5));
  }

  @Test
  void withoutGroupingThereIsOneRowOrNone() {
    assertThat(Downloads.query().where(PROJECT.is("pandas")).sql())
        .isEqualTo(
            """
            SELECT sum(count) AS downloads
            FROM pypi_downloads
            WHERE project = {project:String}
            HAVING downloads > 0""");
  }

  @Test
  void monthsAreTheirFirstDays() {
    YearMonth month = YearMonth.of(2024, 2);

    assertThat(DownloadsPerMonth.query().where(MONTH.is(month)).groupBy(PROJECT).parameters())
        .isEqualTo(
            Map.of(
                "first_month", LocalDate.of(2024, 2, 1), "last_month", LocalDate.of(2024, 2, 1)));
  }

  @Test
  void aFilterCanBeUsedWithEveryTableThatHasTheField() {
    Filter<ByVersion> release = VERSION.is("2.2.3");

    assertThat(DownloadsByVersion.query().where(release).parameters())
        .isEqualTo(DownloadsPerDayByVersionBySystem.query().where(release).parameters());
  }

  @Test
  void refinementsLeaveAQuestionAlone() {
    DownloadsByVersion question = DownloadsByVersion.query();
    String before = question.sql();

    assertThat(question.where(VERSION.is("1")).groupBy(VERSION).limit(1).sql())
        .isNotEqualTo(before);
    assertThat(question.sql()).isEqualTo(before);
  }

  @Test
  void whatCannotBeIsRefusedBeforeTheServerIsAsked() {
    assertThatThrownBy(() -> Downloads.query().limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of rows: 0 (must be > 0)");
    assertThatThrownBy(() -> DownloadsByVersion.query().groupBy(VERSION).orderBy(PROJECT).toQuery())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Invalid order: by project (the rows are told apart by [version]). Group by it as well.");
    assertThatThrownBy(() -> new GroupKey(Map.of(VERSION, "1")).value(SYSTEM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid field: system (the question is grouped by [version]). Group by it as well.");
    assertThatThrownBy(() -> MONTH.between(YearMonth.of(2024, 2), YearMonth.of(2024, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid date range: 2024-02-01 to 2024-01-01 (the last day is before the first)");
  }
}
