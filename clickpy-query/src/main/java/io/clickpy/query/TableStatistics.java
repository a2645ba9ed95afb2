package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.ReferenceTable;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How large the tables are; by this the planner tells which of them reads least.
 *
 * <p>Immutable and thread-safe. The defaults are good enough to choose by: they are about those of
 * all of PyPI, told from the dimensions of each table, and their ratios change little from one
 * database to another.
 */
public final class TableStatistics {
  private static final TableStatistics DEFAULTS = new TableStatistics(Map.of());
  private static final double DOWNLOADS_IN_A_ROW = 20;
  private static final double FILES = 15_000_000;

  private final Map<String, Long> rows;

  private TableStatistics(Map<String, Long> rows) {
    this.rows = Map.copyOf(rows);
  }

  /** Returns an estimate from the schema alone. */
  public static TableStatistics ofDefaults() {
    return DEFAULTS;
  }

  /**
   * Returns the given sizes; tables that are not named have those of {@link #ofDefaults()}.
   *
   * @param rows how many rows a table has, by its name
   */
  public static TableStatistics of(Map<String, Long> rows) {
    return new TableStatistics(rows);
  }

  /**
   * Asks a server how large its tables are; on shards, how large its part of them is, which is as
   * good to choose by.
   *
   * @throws ClickPyException if it does not answer, or {@code system.parts} may not be read
   */
  public static TableStatistics of(ClickPy clickpy) {
    record Size(String table, long rows) {}
    return of(
        Query.of(
                "SELECT replaceRegexpOne(table, {local:String}, '') AS name, sum(rows) AS size"
                    + " FROM system.parts WHERE active AND database = currentDatabase()"
                    + " GROUP BY name",
                row -> new Size(row.string("name"), row.longValue("size")))
            .bind("local", Table.LOCAL_SUFFIX + "$")
            .fetch(clickpy)
            .stream()
            .collect(Collectors.toMap(Size::table, Size::rows)));
  }

  /** Returns about how many rows a table has. */
  public double rows(Table table) {
    Long known = rows.get(table.name());
    if (known != null) {
      return known;
    }
    if (table instanceof ReferenceTable) {
      return FILES;
    }
    List<Dimension> dimensions =
        table instanceof Rollup rollup ? rollup.dimensions() : List.of(Dimension.values());
    double product = table instanceof DownloadsTable ? DOWNLOADS_IN_A_ROW : 1;
    for (Dimension dimension : dimensions) {
      product *=
          dimension == Dimension.MONTH && dimensions.contains(Dimension.DATE)
              ? 1
              : spread(dimension);
    }
    return product;
  }

  /**
   * Returns about how many values of a dimension a project has, told from the sizes of the coarsest
   * two tables that differ by it alone; of {@link Dimension#PROJECT} how many projects there are.
   *
   * @param schema the tables
   */
  public double distinct(Dimension dimension, PypiSchema schema) {
    List<Rollup> counts =
        schema.rollups().stream().filter(rollup -> rollup.measure() == Measure.COUNT).toList();
    double distinct = 1;
    // Fine to coarse, so that the coarsest pair has the last word.
    for (Rollup finer : counts) {
      if (dimension == Dimension.PROJECT && finer.dimensions().equals(List.of(dimension))) {
        return rows(finer);
      }
      for (Rollup coarser : counts) {
        if (differBy(dimension, finer, coarser)) {
          distinct = rows(finer) / Math.max(1, rows(coarser));
        }
      }
    }
    return distinct;
  }

  private static boolean differBy(Dimension dimension, Rollup finer, Rollup coarser) {
    return finer.dimensions().size() == coarser.dimensions().size() + 1
        && finer.dimensions().contains(dimension)
        && !coarser.dimensions().contains(dimension)
        && finer.dimensions().containsAll(coarser.dimensions());
  }

  /** Into how many rows a row is split by one dimension more, on PyPI as a whole. */
  private static double spread(Dimension dimension) {
    return switch (dimension) {
      case PROJECT -> 600_000;
      case DATE -> 1_000;
      case MONTH -> 40;
      case VERSION -> 12;
      case COUNTRY_CODE -> 4;
      case PYTHON_MINOR -> 2.5;
      case INSTALLER -> 2;
      case SYSTEM -> 1.8;
      case TYPE -> 1.3;
    };
  }
}
