package io.clickpy.query.internal;

import static io.clickpy.core.schema.Dimension.COUNTRY_CODE;
import static io.clickpy.core.schema.Dimension.DATE;
import static io.clickpy.core.schema.Dimension.MONTH;
import static io.clickpy.core.schema.Dimension.PROJECT;
import static io.clickpy.core.schema.Dimension.PYTHON_MINOR;
import static io.clickpy.core.schema.Dimension.SYSTEM;
import static io.clickpy.core.schema.Dimension.TYPE;
import static io.clickpy.core.schema.Dimension.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import io.clickpy.query.NoCoveringRollupException;
import io.clickpy.query.Plan;
import io.clickpy.query.TableStatistics;
import io.clickpy.query.internal.Planner.RawScan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();
  private static final Condition PANDAS = new Condition.Equal(PROJECT, "pandas");
  private static final Condition DAYS =
      new Condition.Between(DATE, LocalDate.of(2024, 8, 12), LocalDate.of(2024, 8, 20));

  @ParameterizedTest
  @CsvSource({
    "PROJECT,, pypi_downloads",
    "DATE,, pypi_downloads_per_day",
    "MONTH,, pypi_downloads_per_day",
    "VERSION,, pypi_downloads_by_version",
    "VERSION, DATE, pypi_downloads_per_day_by_version",
    "TYPE,, pypi_downloads_per_day_by_installer_by_type",
    "PYTHON_MINOR,, pypi_downloads_per_day_by_python",
    "SYSTEM,, pypi_downloads_per_day_by_system",
    "COUNTRY_CODE,, pypi_downloads_per_day_by_country",
    "VERSION, COUNTRY_CODE, pypi_downloads_per_day_by_version_by_country",
    "VERSION, PYTHON_MINOR, pypi_downloads_per_day_by_version_by_python",
    "VERSION, SYSTEM, pypi_downloads_per_day_by_version_by_system",
    "VERSION, TYPE, pypi_downloads_per_day_by_version_by_file_type",
    "VERSION, INSTALLER, pypi_downloads_per_day_by_version_by_installer_by_type",
    "COUNTRY_CODE, SYSTEM, pypi_downloads_per_day_by_version_by_system_by_country",
    "COUNTRY_CODE, PYTHON_MINOR, pypi_downloads_per_day_by_version_by_python_by_country",
    "INSTALLER,, pypi_downloads_per_day_by_installer_by_type",
    "COUNTRY_CODE, TYPE, pypi_downloads_per_day_by_version_by_installer_by_type_by_country",
  })
  void aProjectIsReadFromTheSmallestTableThatCanTell(
      Dimension group, Dimension another, String table) {
    EnumSet<Dimension> groups = EnumSet.of(group);
    if (another != null) {
      groups.add(another);
    }

    assertThat(plan(groups, List.of(PANDAS)).table().name()).isEqualTo(table);
  }

  @Test
  void theKeyCountsMoreThanTheSize() {
    // All projects of one month: the larger table with the month first reads less of it.
    Condition month =
        new Condition.Between(MONTH, LocalDate.of(2024, 8, 1), LocalDate.of(2024, 8, 1));
    assertThat(plan(Set.of(PROJECT), List.of(month)).table().name())
        .isEqualTo("pypi_downloads_per_month");
  }

  @Test
  void theServersOwnSizesDecideWhereTheyAreKnown() {
    TableStatistics statistics =
        TableStatistics.of(
            Map.of(
                "pypi_downloads_per_day_by_version_by_python", 1_000_000L,
                "pypi_downloads_per_day_by_version_by_python_by_country", 10L));

    Plan plan =
        new Planner(SCHEMA, statistics)
            .plan(
                new Need(Measure.COUNT, Set.of(PYTHON_MINOR), List.of(PANDAS)), RawScan.FORBIDDEN);

    assertThat(plan.table().name())
        .isEqualTo("pypi_downloads_per_day_by_version_by_python_by_country");
  }

  @Test
  void theFirstAndLastDayAreKnownOrToldFromTheDays() {
    assertThat(days(List.of(PANDAS)).table().name()).isEqualTo("pypi_downloads_max_min");
    assertThat(days(List.of(PANDAS, new Condition.Equal(VERSION, "1"))).table().name())
        .isEqualTo("pypi_downloads_per_day_by_version");
  }

  private static Plan days(List<Condition> conditions) {
    return planner()
        .plan(new Need(Measure.DATE_RANGE, Set.of(PROJECT), conditions), RawScan.FORBIDDEN);
  }

  @Test
  void whatNoRollupCanTellIsRefused() {
    assertThatThrownBy(
            () ->
                plan(
                    Set.of(PYTHON_MINOR),
                    List.of(PANDAS, DAYS, new Condition.Equal(TYPE, "sdist"))))
        .isInstanceOf(NoCoveringRollupException.class)
        .hasMessage(
            "Cannot answer from a rollup: [project, date, type, python_minor]"
                + " (pypi_downloads_per_day_by_python lacks [type];"
                + " pypi_downloads_per_day_by_installer_by_type lacks [python_minor];"
                + " pypi_downloads_per_day_by_version_by_file_type lacks [python_minor])."
                + " Ask without the filter by type, or allow a raw scan: allowRawScan(budget).");
  }

  @Test
  void aRawScanIsForThatAlone() {
    Set<Dimension> groups = Set.of(PYTHON_MINOR, SYSTEM);
    Plan raw = planner().plan(new Need(Measure.COUNT, groups, List.of(PANDAS)), RawScan.ALLOWED);
    Plan rollup =
        planner().plan(new Need(Measure.COUNT, Set.of(SYSTEM), List.of(PANDAS)), RawScan.ALLOWED);

    assertThat(raw.table()).isInstanceOf(DownloadsTable.class);
    assertThat(raw.reason()).isEqualTo("No rollup can answer, and a raw scan is allowed.");
    assertThat(rollup.table()).isInstanceOf(Rollup.class);
  }

  @Test
  void aPlanTellsWhyAndWhyNot() {
    assertThat(plan(Set.of(COUNTRY_CODE), List.of(PANDAS)).toString())
        .startsWith("pypi_downloads_per_day_by_country reads about ")
        .contains(
            ". Of the 5 rollups that can answer, it reads least.\n"
                + "  not pypi_downloads_per_day_by_version_by_country reads about ")
        .contains("\n  not pypi_downloads_by_version lacks [country_code]")
        .contains("\n  not pypi_downloads_max_min lacks [count, country_code]");
  }

  /** Over every set of dimensions, random conditions and random sizes of the tables. */
  @Test
  void theTableChosenCoversTheQuestionAndNoOtherReadsLess() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int chosen = 1; chosen < 1 << Dimension.values().length; chosen++) {
      int bit = 1;
      Set<Dimension> groups = EnumSet.noneOf(Dimension.class);
      List<Condition> conditions = new ArrayList<>();
      for (Dimension dimension : Dimension.values()) {
        if ((chosen & bit) != 0) {
          if (random.nextBoolean()) {
            groups.add(dimension);
          } else {
            conditions.add(condition(dimension, random));
          }
        }
        bit <<= 1;
      }
      Need need = new Need(Measure.COUNT, groups, conditions);
      Map<String, Long> sizes = new HashMap<>();
      for (Table table : SCHEMA.tables()) {
        sizes.put(table.name(), (long) Math.pow(10, random.nextDouble() * 12));
      }

      Plan plan = new Planner(SCHEMA, TableStatistics.of(sizes)).plan(need, RawScan.ALLOWED);

      List<Rollup> covering =
          SCHEMA.rollups().stream().filter(rollup -> covers(rollup, need)).toList();
      if (covering.isEmpty()) {
        assertThatThrownBy(() -> planner().plan(need, RawScan.FORBIDDEN))
            .isInstanceOf(NoCoveringRollupException.class);
        assertThat(plan.table()).as("seed %d: %s", seed, need).isEqualTo(SCHEMA.downloads());
      } else {
        assertThat(covering).as("seed %d: %s", seed, need).contains((Rollup) plan.table());
        assertThat(plan.others())
            .as("seed %d: %s", seed, need)
            .hasSize(SCHEMA.rollups().size() - 1)
            .filteredOn(other -> covering.contains((Rollup) other.table()))
            .hasSize(covering.size() - 1)
            .allMatch(other -> other.estimatedRows() >= plan.chosen().estimatedRows());
      }
    }
  }

  private static boolean covers(Rollup rollup, Need need) {
    return rollup.measure() == Measure.COUNT
        && need.dimensions().stream()
            .allMatch(
                dimension ->
                    rollup.dimensions().contains(dimension)
                        || (dimension == MONTH && rollup.dimensions().contains(DATE)));
  }

  private static Condition condition(Dimension dimension, Random random) {
    if (dimension == DATE || dimension == MONTH) {
      LocalDate first = LocalDate.of(2024, 1, 1).minusDays(random.nextInt(1000));
      return new Condition.Between(dimension, first, first.plusDays(random.nextInt(400)));
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Condition.Equal(dimension, "a");
      case 1 -> new Condition.AnyOf(dimension, List.of("a", "b"));
      case 2 -> new Condition.NoneOf(dimension, List.of("a"));
      default -> new Condition.Prefix(dimension, "a");
    };
  }

  private static Plan plan(Set<Dimension> groups, List<Condition> conditions) {
    return planner().plan(new Need(Measure.COUNT, groups, conditions), RawScan.FORBIDDEN);
  }

  private static Planner planner() {
    return new Planner(SCHEMA, TableStatistics.ofDefaults());
  }
}
