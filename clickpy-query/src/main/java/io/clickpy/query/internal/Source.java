package io.clickpy.query.internal;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table and the downloads in it that a question is about.
 *
 * @param table a rollup, or the raw table
 * @param text {@code FROM} and {@code WHERE}, the values bound
 */
public record Source(Table table, String text) {
  /** The name of the summed column: not {@code count}, which the table itself has. */
  public static final String DOWNLOADS = "downloads";

  /** Where the downloads of a key were corrected to none, its rows may still be there. */
  public static final String HAVING_SOME = "HAVING " + DOWNLOADS + " > 0";

  /** The name of the column with the first day. */
  public static final String FIRST_DAY = "first";

  /** The name of the column with the last day. */
  public static final String LAST_DAY = "last";

  /** Returns the rows of a table that meet all conditions. */
  public static Source of(Table table, List<Condition> conditions, Rendering rendering) {
    StringBuilder text = new StringBuilder("FROM " + table.name());
    String keyword = "\nWHERE ";
    for (Condition condition : conditions) {
      text.append(keyword).append(condition.in(table).render(rendering, conditions));
      keyword = "\n  AND ";
    }
    return new Source(table, text.toString());
  }

  /** Returns the expression for how many downloads there were: the raw table has one row each. */
  public String count() {
    return table instanceof DownloadsTable ? "count()" : "sum(count)";
  }

  /** Returns the expression for how many of the downloads meet a condition more. */
  public String countIf(String condition) {
    return table instanceof DownloadsTable
        ? "countIf(%s)".formatted(condition)
        : "sumIf(count, %s)".formatted(condition);
  }

  /** Returns the column with the day or, if the table knows no days, the month. */
  public String day() {
    return table.hasColumn(Dimension.DATE.column())
        ? Dimension.DATE.column()
        : Dimension.MONTH.column();
  }

  /** Returns the downloads of each project as a subquery: {@code project, downloads}. */
  public String perProject(String name) {
    return SqlText.subquery(
        name, "SELECT project, " + measure(Measure.COUNT), text, "GROUP BY project", HAVING_SOME);
  }

  /**
   * Returns this source with one row for each of some keys and each day on which there were
   * downloads; what was corrected to none has rows in a rollup that add up to 0.
   *
   * @param keys columns; may be none
   */
  public Source days(List<String> keys) {
    String columns =
        Stream.concat(keys.stream(), Stream.of(day())).distinct().collect(Collectors.joining(", "));
    return table instanceof DownloadsTable
        ? this
        : new Source(
            table,
            "FROM (\n  SELECT %1$s\n  %2$s\n  GROUP BY %1$s\n  HAVING sum(count) > 0)"
                .formatted(columns, text.replace("\n", "\n  ")));
  }

  /** Returns a measure as the columns of a {@code SELECT}. */
  public String measure(Measure measure) {
    return switch (measure) {
      case COUNT -> count() + " AS " + DOWNLOADS;
      case DATE_RANGE ->
          table.hasColumn(Dimension.DATE.column())
              ? "min(date) AS " + FIRST_DAY + ", max(date) AS " + LAST_DAY
              : "min(min_date) AS " + FIRST_DAY + ", max(max_date) AS " + LAST_DAY;
    };
  }
}
