package io.clickpy.query.internal;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.List;

/**
 * The smallest table that knows which days are loaded, of whatever project.
 *
 * @param table its name, or a subquery
 * @param oldest an aggregate of it: the first day
 * @param newest an aggregate of it: the last day
 */
public record LoadedDays(String table, String oldest, String newest) {

  /**
   * Returns that of a schema: a row for each day, or one for each project where ClickPy made it.
   */
  public static LoadedDays of(PypiSchema schema) {
    List<Rollup> rollups = schema.rollups();
    return rollups.stream()
        .filter(rollup -> rollup.dimensions().equals(List.of(Dimension.DATE)))
        .findFirst()
        .map(days -> new LoadedDays(daysOf(days), "min(date)", "max(date)"))
        .orElseGet(
            () ->
                rollups.stream()
                    .filter(rollup -> rollup.measure() == Measure.DATE_RANGE)
                    .findFirst()
                    .map(days -> new LoadedDays(days.name(), "min(min_date)", "max(max_date)"))
                    .orElseThrow());
  }

  /** A day that was corrected to have no downloads may still have rows. */
  private static String daysOf(Rollup days) {
    return "(SELECT date FROM %s GROUP BY date HAVING sum(count) > 0)".formatted(days.name());
  }
}
