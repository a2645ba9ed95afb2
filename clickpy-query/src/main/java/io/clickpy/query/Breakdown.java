package io.clickpy.query;

import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;

/** What downloads are broken down by: the most downloaded categories, and all others together. */
enum Breakdown {
  PROJECT(Dimension.PROJECT),
  VERSION(Dimension.VERSION),
  PYTHON_MINOR(Dimension.PYTHON_MINOR),
  PYTHON_MAJOR(Dimension.PYTHON_MINOR) {
    @Override
    String value() {
      return "substringIndex(" + super.value() + ", '.', 1)";
    }
  },
  SYSTEM(Dimension.SYSTEM),
  COUNTRY(Dimension.COUNTRY_CODE) {
    @Override
    String label(PypiSchema schema) {
      String names = schema.dictionary("countries_dict").name();
      // With the database: another shard's current one is not this one's.
      return "dictGetOrDefault(concat(currentDatabase(), '."
          + names
          + "'), 'name', category, category) AS label";
    }
  },
  INSTALLER(Dimension.INSTALLER),
  FILE_TYPE(Dimension.TYPE);

  static final int DEFAULT_TOP = 10;

  private final Dimension dimension;

  Breakdown(Dimension dimension) {
    this.dimension = dimension;
  }

  Dimension dimension() {
    return dimension;
  }

  /** Returns the category of a download, as SQL. */
  String value() {
    return dimension.column();
  }

  /** Returns the column with what to show to people for the column {@code category}. */
  String label(PypiSchema schema) {
    return "category AS label";
  }

  /** Returns the subquery {@code top}: the most downloaded categories. */
  String top(Source source, int top, Rendering rendering) {
    return SqlText.subquery(
        "top",
        "SELECT " + value() + " AS value",
        source.text(),
        "GROUP BY value",
        "ORDER BY " + source.count() + " DESC, value",
        "LIMIT " + rendering.bind("top", "UInt32", top));
  }

  /** Returns the column that tells whether a download is none of the top. */
  String other() {
    return value() + " NOT IN top AS other";
  }

  /** Returns the column with the category, empty for all others. */
  String category() {
    return "if(other, '', " + value() + ") AS category";
  }

  /** Reads the columns {@code other}, {@code category} and {@code label}. */
  static Category category(Row row) {
    return row.booleanValue("other")
        ? Category.other()
        : Category.named(row.string("category"), row.string("label"));
  }
}
