package io.clickpy.core.schema;

import com.google.errorprone.annotations.Immutable;

/**
 * A column of a table.
 *
 * @param name the name, as ClickPy has it
 * @param type the ClickHouse type
 * @param description what it holds, in a few words
 */
@Immutable
public record Column(String name, String type, String description) {
  /** Checks that the name needs no quoting. */
  public Column {
    Identifier.check("column name", name);
  }
}
