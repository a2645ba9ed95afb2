package io.clickpy.core.schema;

import java.util.List;
import java.util.stream.Stream;

/**
 * The raw table: one row per download.
 *
 * @param name the name, with the prefix if there is one
 * @param sortKey the columns by which the rows are sorted
 */
public record DownloadsTable(String name, List<String> sortKey) implements Table {
  /** In ClickPy's order, so that an insert without a column list means the same. */
  private static final List<Column> COLUMNS =
      Stream.of(
              Dimension.DATE,
              Dimension.COUNTRY_CODE,
              Dimension.PROJECT,
              Dimension.TYPE,
              Dimension.INSTALLER,
              Dimension.PYTHON_MINOR,
              Dimension.SYSTEM,
              Dimension.VERSION)
          .map(Dimension::declaration)
          .toList();

  /** Begins as the finest rollups do, so that deriving them reads the rows in their order. */
  private static final List<String> SORT_KEY =
      Stream.of(
              Dimension.PROJECT,
              Dimension.VERSION,
              Dimension.DATE,
              Dimension.COUNTRY_CODE,
              Dimension.PYTHON_MINOR,
              Dimension.SYSTEM)
          .map(Dimension::column)
          .toList();

  /** Checks the name and that the sort key is made of columns. */
  public DownloadsTable {
    Identifier.check("table name", name);
    sortKey = List.copyOf(sortKey);
    if (!COLUMNS.stream().map(Column::name).toList().containsAll(sortKey)) {
      throw new IllegalArgumentException(
          "Invalid sort key of %s: %s (must be columns of the table)".formatted(name, sortKey));
    }
  }

  /** The raw table with our own sort key. */
  DownloadsTable(String name) {
    this(name, SORT_KEY);
  }

  @Override
  public DownloadsTable local() {
    return new DownloadsTable(name + LOCAL_SUFFIX);
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<SkipIndex> skipIndexes() {
    return List.of(SkipIndex.DATES);
  }

  @Override
  public String engine() {
    return "MergeTree";
  }

  @Override
  public String description() {
    return "One row per download; the rollups are views of it.";
  }
}
