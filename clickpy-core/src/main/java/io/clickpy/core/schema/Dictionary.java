package io.clickpy.core.schema;

import java.util.List;

/**
 * A dictionary: a table that the server keeps in memory and looks single values up in.
 *
 * @param name the name, with the prefix if there is one
 * @param columns the key and what it leads to
 * @param key the column to look up by
 * @param source the query that fills it; names no database, so it reads the dictionary's own
 * @param description what it answers, in one sentence
 */
public record Dictionary(
    String name, List<Column> columns, String key, String source, String description) {
  /** Checks the name and that the key is a column. */
  public Dictionary {
    Identifier.check("dictionary name", name);
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(column -> column.name().equals(key))) {
      throw new IllegalArgumentException(
          "Invalid key of %s: %s (must be a column)".formatted(name, key));
    }
  }
}
