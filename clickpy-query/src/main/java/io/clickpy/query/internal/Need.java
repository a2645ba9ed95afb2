package io.clickpy.query.internal;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a table must be able to tell, to answer a question.
 *
 * @param measure what is asked about the downloads
 * @param groups what the rows are told apart by; the month can be told from the day
 * @param conditions which downloads; all of them must hold
 */
public record Need(Measure measure, Set<Dimension> groups, List<Condition> conditions) {

  /** Copies the collections. */
  public Need {
    groups = Set.copyOf(groups);
    conditions = List.copyOf(conditions);
  }

  /** Returns the dimensions that the question names, in their own order. */
  public Set<Dimension> dimensions() {
    EnumSet<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    dimensions.addAll(groups);
    conditions.forEach(condition -> dimensions.add(condition.dimension()));
    return dimensions;
  }

  /** Returns the columns that a rollup would need and has not; none if it covers the question. */
  public Set<String> missingFrom(Rollup rollup) {
    EnumSet<Dimension> needed = EnumSet.noneOf(Dimension.class);
    needed.addAll(groups);
    conditions.forEach(condition -> needed.add(condition.in(rollup).dimension()));
    Set<String> missing = new TreeSet<>();
    for (Dimension dimension : needed) {
      if (!tells(rollup, dimension)) {
        missing.add(dimension.column());
      }
    }
    if (measure != rollup.measure()) {
      // The first and the last day can be told from the days; a number from nothing else.
      String column = measure == Measure.COUNT ? "count" : Dimension.DATE.column();
      if (!rollup.hasColumn(column)) {
        missing.add(column);
      }
    }
    return missing;
  }

  private static boolean tells(Table table, Dimension dimension) {
    return table.hasColumn(dimension.column())
        || (dimension == Dimension.MONTH && table.hasColumn(Dimension.DATE.column()));
  }
}
