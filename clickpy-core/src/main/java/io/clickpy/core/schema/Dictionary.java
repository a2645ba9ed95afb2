package io.clickpy.core.schema;

import io.clickpy.core.DatabaseName;
import java.util.List;

/**
 * A dictionary: rows that the server keeps in memory to look single values up in.
 *
 * @param name the name, with the prefix if there is one
 * @param columns the key and what it leads to
 * @param key the column to look up by
 * @param source the table that fills it
 * @param query how that table fills it, the table written as {@value #TABLE}
 * @param description what it answers, in one sentence
 */
public record Dictionary(
    String name,
    List<Column> columns,
    String key,
    ReferenceTable source,
    String query,
    String description) {
  static final String TABLE = "{table}";

  /** Checks the name and that the key is a column. */
  public Dictionary {
    Identifier.check("dictionary name", name);
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(column -> column.name().equals(key))) {
      throw new IllegalArgumentException(
          "Invalid key of %s: %s (must be a column)".formatted(name, key));
    }
  }

  /** Returns the query that fills it. It runs outside of any connection, so it names a database. */
  public String queryIn(DatabaseName database) {
    return query.replace(TABLE, database + "." + source.name());
  }
}
