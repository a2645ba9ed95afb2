package io.clickpy.core.schema;

/**
 * A few words about each granule of a table, which let a query skip those that cannot match.
 *
 * @param name the name
 * @param expression what it is about
 * @param type how it is kept, as {@code minmax}
 */
public record SkipIndex(String name, String expression, String type) {
  /** Checks the name. */
  public SkipIndex {
    Identifier.check("index name", name);
  }

  /** Says the first and last date, where a granule holds few dates though they are not sorted. */
  static final SkipIndex DATES = new SkipIndex("dates", Dimension.DATE.column(), "minmax");
}
