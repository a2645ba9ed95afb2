package io.clickpy.query.project;

import io.clickpy.core.DateRange;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.Plan;
import io.clickpy.query.TableStatistics;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Need;
import io.clickpy.query.internal.Planner;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The days of which downloads are counted, for many projects at once.
 *
 * @param days one condition; none for all time
 */
record DownloadsWindow(List<Condition> days) {

  static DownloadsWindow allTime() {
    return new DownloadsWindow(List.of());
  }

  static DownloadsWindow between(LocalDate first, LocalDate last) {
    DateRange range = DateRange.of(first, last);
    return new DownloadsWindow(
        List.of(new Condition.Between(Dimension.DATE, range.first(), range.last())));
  }

  static DownloadsWindow lastDays(int days) {
    return new DownloadsWindow(List.of(new Condition.LastDays(days)));
  }

  Plan plan(PypiSchema schema) {
    return new Planner(schema, TableStatistics.ofDefaults())
        .plan(new Need(Measure.COUNT, Set.of(Dimension.PROJECT), days), Planner.RawScan.FORBIDDEN);
  }

  /**
   * Returns the subquery {@code counted}: {@code project, downloads}.
   *
   * @param projects a subquery of projects, in normal form
   */
  String counted(String projects, Rendering rendering) {
    Source source = Source.of(plan(rendering.schema()).table(), days, rendering);
    List<String> clauses = new ArrayList<>();
    clauses.add("SELECT project, " + source.measure(Measure.COUNT));
    clauses.add(source.text());
    clauses.add((days.isEmpty() ? "WHERE" : "  AND") + " project IN " + projects);
    clauses.add("GROUP BY project");
    return SqlText.subquery("counted", clauses.toArray(String[]::new));
  }
}
