package io.clickpy.query;

import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.internal.Bindings;
import io.clickpy.query.internal.Source;

/** What downloads are broken down by: the most downloaded categories, and all others together. */
enum Breakdown {
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
    String label() {
      String names = PypiSchema.ofDefaults().dictionary("countries_dict").name();
      return "dictGetOrDefault('" + names + "', 'name', category, category)";
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

  /** Returns what to show to people for the column {@code category}, as SQL. */
  String label() {
    return "category";
  }

  /** Returns the subquery {@code top}: the most downloaded categories. */
  String top(Source source, int top, Bindings bindings) {
    return """
        top AS (
          SELECT %s AS value
        %s
          GROUP BY value
          ORDER BY %s DESC, value
          LIMIT %s)"""
        .formatted(
            value(),
            source.text().indent(2).stripTrailing(),
            source.count(),
            bindings.bind("top", "UInt32", top));
  }

  /** Returns the columns {@code other} and {@code category}. */
  String columns() {
    return "%s NOT IN top AS other, if(other, '', %s) AS category".formatted(value(), value());
  }

  /** Reads the columns {@code other}, {@code category} and {@code label}. */
  static Category category(Row row) {
    return row.booleanValue("other")
        ? Category.other()
        : Category.named(row.string("category"), row.string("label"));
  }
}
