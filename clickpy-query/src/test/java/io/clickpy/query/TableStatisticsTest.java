package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableStatisticsTest {
  private static final PypiSchema SCHEMA = PypiSchema.ofDefaults();

  @Test
  void aRollupIsNoLargerThanTheTableItIsDerivedFrom() {
    TableStatistics statistics = TableStatistics.ofDefaults();

    for (Rollup rollup : SCHEMA.rollups()) {
      assertThat(statistics.rows(rollup))
          .as(rollup.name())
          .isPositive()
          .isLessThan(statistics.rows(rollup.derivedFrom()));
    }
  }

  @Test
  void howManyValuesThereAreIsTheRatioOfTwoTables() {
    TableStatistics statistics =
        TableStatistics.of(
            Map.of(
                "pypi_downloads", 50L,
                "pypi_downloads_by_version", 200L,
                "pypi_downloads_per_day", 0L));

    assertThat(statistics.distinct(Dimension.PROJECT, SCHEMA)).isEqualTo(50);
    assertThat(statistics.distinct(Dimension.VERSION, SCHEMA)).isEqualTo(4);
    assertThat(statistics.distinct(Dimension.DATE, SCHEMA)).isZero();
    assertThat(statistics.rows(SCHEMA.rollup("pypi_downloads_max_min")))
        .isEqualTo(TableStatistics.ofDefaults().rows(SCHEMA.rollup("pypi_downloads_max_min")));
  }

  @Test
  void everyDimensionHasSomeValues() {
    for (Dimension dimension : Dimension.values()) {
      assertThat(TableStatistics.ofDefaults().distinct(dimension, SCHEMA))
          .as(dimension.name())
          .isGreaterThan(1);
    }
  }
}
