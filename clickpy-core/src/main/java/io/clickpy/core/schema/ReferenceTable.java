package io.clickpy.core.schema;

import java.util.List;

/**
 * A table of facts that are no downloads, replaced as a whole.
 *
 * @param name the name, with the prefix if there is one
 * @param columns the columns, in order
 * @param sortKey the columns by which the rows are sorted
 * @param skipIndexes what else lets a query skip rows
 * @param description what it holds, in one sentence
 */
public record ReferenceTable(
    String name,
    List<Column> columns,
    List<String> sortKey,
    List<SkipIndex> skipIndexes,
    String description)
    implements Table {
  /** Checks the name and that the sort key is made of columns. */
  public ReferenceTable {
    Identifier.check("table name", name);
    columns = List.copyOf(columns);
    sortKey = List.copyOf(sortKey);
    skipIndexes = List.copyOf(skipIndexes);
    if (!columns.stream().map(Column::name).toList().containsAll(sortKey)) {
      throw new IllegalArgumentException(
          "Invalid sort key of %s: %s (must be columns of the table)".formatted(name, sortKey));
    }
  }

  @Override
  public ReferenceTable local() {
    return this;
  }

  @Override
  public String engine() {
    return "MergeTree";
  }
}
