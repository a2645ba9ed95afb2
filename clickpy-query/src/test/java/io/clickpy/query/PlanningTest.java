package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.QueryLimits;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of every question with every combination of filters that it permits. */
@Tag("slow")
class PlanningTest {
  private static final LocalDate FIRST = LocalDate.of(2023, 2, 1);

  /** What stands between a question and all downloads. */
  private enum Filter {
    VERSION(Dimension.VERSION),
    SPECIFIER(Dimension.VERSION),
    COUNTRY(Dimension.COUNTRY_CODE),
    FILE_TYPE(Dimension.TYPE),
    PYTHON(Dimension.PYTHON_MINOR),
    SYSTEM(Dimension.SYSTEM),
    INSTALLER(Dimension.INSTALLER),
    NO_MIRROR(Dimension.INSTALLER),
    DAYS(Dimension.DATE),
    WHOLE_MONTHS(Dimension.DATE),
    LAST_DAYS(Dimension.DATE);

    private final Dimension dimension;

    Filter(Dimension dimension) {
      this.dimension = dimension;
    }
  }

  /**
   * A question with filters.
   *
   * @param needed what its table must tell downloads apart by
   * @param byMonth the same if the months do for the days; empty if they do not
   */
  private record Asked(PlannedQuery<?, ?> question, Set<Dimension> needed, Set<Dimension> byMonth) {

    /** As {@link NoCoveringRollupException} says it. */
    boolean isRefused() {
      return Stream.of(
                  needed.contains(Dimension.PYTHON_MINOR),
                  needed.contains(Dimension.SYSTEM),
                  needed.contains(Dimension.INSTALLER) || needed.contains(Dimension.TYPE))
              .filter(asked -> asked)
              .count()
          > 1;
    }
  }

  static List<PypiSchema> schemas() {
    return List.of(PypiSchema.ofDefaults(), PypiSchema.ofClickPy());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void theTableCoversTheQuestionNoOtherReadsLessAndNoneIsRawUnasked(PypiSchema schema) {
    Set<String> chosen = new TreeSet<>();
    for (Asked asked : everything(schema)) {
      List<Rollup> covering = covering(schema, asked);
      assertThat(covering.isEmpty()).as(asked::toString).isEqualTo(asked.isRefused());
      if (covering.isEmpty()) {
        assertThat(isRefused(asked.question())).as(asked::toString).isTrue();
        assertThat(asked.question().allowRawScan(QueryLimits.ofDefaults()).plan().table())
            .as(asked::toString)
            .isInstanceOf(DownloadsTable.class);
      } else {
        Plan plan = asked.question().plan();
        chosen.add(plan.table().name());
        assertThat(covering).as(asked::toString).contains((Rollup) plan.table());
        assertThat(plan.others())
            .as(asked::toString)
            .filteredOn(other -> covering.contains((Rollup) other.table()))
            .hasSize(covering.size() - 1)
            .allMatch(other -> other.estimatedRows() >= plan.chosen().estimatedRows());
      }
    }
    // Every rollup is there for some question, but those that do not hold all downloads; the one
    // by day alone tells all questions which days are the newest.
    List<Rollup> whole = new ArrayList<>(schema.rollups());
    whole.removeAll(schema.incomplete());
    whole.removeIf(rollup -> rollup.dimensions().equals(List.of(Dimension.DATE)));
    assertThat(chosen)
        .containsExactlyInAnyOrderElementsOf(whole.stream().map(Rollup::name).toList());
  }

  private static boolean isRefused(PlannedQuery<?, ?> question) {
    try {
      return question.plan() == null;
    } catch (NoCoveringRollupException e) {
      return true;
    }
  }

  private static List<Rollup> covering(PypiSchema schema, Asked asked) {
    return schema.rollups().stream()
        .filter(rollup -> !schema.incomplete().contains(rollup))
        .filter(
            rollup ->
                rollup.measure() == asked.question().measure()
                    || (asked.question().measure() == Measure.DATE_RANGE
                        && rollup.dimensions().contains(Dimension.DATE)))
        .filter(
            rollup ->
                tells(rollup, asked.needed())
                    || (!asked.byMonth().isEmpty() && tells(rollup, asked.byMonth())))
        .toList();
  }

  private static boolean tells(Rollup rollup, Set<Dimension> needed) {
    return needed.stream()
        .allMatch(
            dimension ->
                rollup.dimensions().contains(dimension)
                    || (dimension == Dimension.MONTH
                        && rollup.dimensions().contains(Dimension.DATE)));
  }

  private static List<Asked> everything(PypiSchema schema) {
    List<Asked> everything = new ArrayList<>();
    for (PlannedQuery<?, ?> question : EntryPoints.all("pandas", "1.0")) {
      List<Filter> possible =
          question instanceof ProjectQuery<?, ?>
              ? List.of(Filter.values())
              : question instanceof PeriodQuery<?, ?>
                  ? List.of(Filter.values()).subList(2, 11)
                  : question instanceof FilteredQuery<?, ?>
                      ? List.of(Filter.values()).subList(2, 8)
                      : List.of();
      for (int subset = 0; subset < 1 << possible.size(); subset++) {
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < possible.size(); i++) {
          if ((subset >> i & 1) != 0) {
            filters.add(possible.get(i));
          }
        }
        everything.add(asked(question.schema(schema), filters));
      }
    }
    return everything;
  }

  private static Asked asked(PlannedQuery<?, ?> question, List<Filter> filters) {
    EnumSet<Dimension> needed = EnumSet.noneOf(Dimension.class);
    question.scope().conditions().forEach(condition -> needed.add(condition.dimension()));
    PlannedQuery<?, ?> refined = question;
    Filter days = null;
    for (Filter filter : filters) {
      needed.add(filter.dimension);
      refined = refined(refined, filter);
      days = filter.dimension == Dimension.DATE ? filter : days;
    }
    EnumSet<Dimension> byMonth = EnumSet.noneOf(Dimension.class);
    needed.addAll(refined.groups());
    if (days == Filter.WHOLE_MONTHS && !refined.groups().contains(Dimension.DATE)) {
      byMonth.addAll(needed);
      byMonth.remove(Dimension.DATE);
      byMonth.add(Dimension.MONTH);
    }
    return new Asked(refined, needed, byMonth);
  }

  private static PlannedQuery<?, ?> refined(PlannedQuery<?, ?> question, Filter filter) {
    return switch (filter) {
      case VERSION -> ((ProjectQuery<?, ?>) question).version("1");
      case SPECIFIER -> ((ProjectQuery<?, ?>) question).versions(">=1");
      case COUNTRY -> ((FilteredQuery<?, ?>) question).country("DE");
      case FILE_TYPE -> ((FilteredQuery<?, ?>) question).fileType("sdist");
      case PYTHON -> ((FilteredQuery<?, ?>) question).python("3.12");
      case SYSTEM -> ((FilteredQuery<?, ?>) question).system("Linux");
      case INSTALLER -> ((FilteredQuery<?, ?>) question).installer("pip");
      case NO_MIRROR -> ((FilteredQuery<?, ?>) question).excludingMirrors();
      case DAYS -> ((PeriodQuery<?, ?>) question).between(FIRST.plusDays(1), FIRST.plusMonths(9));
      case WHOLE_MONTHS ->
          ((PeriodQuery<?, ?>) question).between(FIRST, FIRST.plusMonths(9).minusDays(1));
      case LAST_DAYS -> ((PeriodQuery<?, ?>) question).lastDays(30);
    };
  }

  @Test
  void wholeMonthsOfAllProjectsAreReadFromTheMonthlyRollup() {
    LocalDate last = FIRST.plusMonths(6).minusDays(1);

    assertThat(PypiStats.topProjects().between(FIRST, last).sql())
        .contains("FROM pypi_downloads_per_month\nWHERE month BETWEEN {first_month:Date}");
    assertThat(PypiStats.topProjects().between(FIRST, last).parameters())
        .containsEntry("first_month", FIRST)
        .containsEntry("last_month", last.withDayOfMonth(1));
    assertThat(table(PypiStats.rank("pandas").between(FIRST, last)))
        .isEqualTo("pypi_downloads_per_month");
    assertThat(table(PypiStats.topProjects().between(FIRST, last.minusDays(1))))
        .isEqualTo("pypi_downloads_per_day");
    assertThat(table(PypiStats.topProjects().between(FIRST.plusDays(1), last)))
        .isEqualTo("pypi_downloads_per_day");
    assertThat(table(PypiStats.topProjects().between(FIRST, last).country("DE")))
        .isEqualTo("pypi_downloads_per_day_by_country");
    assertThat(table(PypiStats.topProjects().between(FIRST, last).schema(PypiSchema.ofClickPy())))
        .isEqualTo("pypi_downloads_per_day");
    // The days of one project are fewer than the projects of a month.
    assertThat(table(PypiStats.totalDownloads("pandas").between(FIRST, last)))
        .isEqualTo("pypi_downloads_per_day");
  }

  private static String table(StatsQuery<?> question) {
    return question.plan().table().name();
  }
}
