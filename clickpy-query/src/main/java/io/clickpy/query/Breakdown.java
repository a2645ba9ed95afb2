package io.clickpy.query;

import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  /**
   * Returns the subqueries of which the last is {@code ranked}: the downloads of each category, and
   * whether it is none of the top, as {@code value, n, other}. They read the table once.
   *
   * @param keys what the downloads of a category are told apart by besides, as {@code expression AS
   *     name} by name
   */
  List<String> ranked(Source source, Map<String, String> keys, int top, Rendering rendering) {
    String names = keys.keySet().stream().map(key -> key + ", ").collect(Collectors.joining());
    String columns = keys.values().stream().map(key -> key + ", ").collect(Collectors.joining());
    String each =
        SqlText.subquery(
            "each",
            "SELECT " + columns + value() + " AS value, " + source.count() + " AS n",
            source.text(),
            "GROUP BY " + names + "value",
            "HAVING n > 0");
    if (keys.isEmpty()) {
      return List.of(each, ranked(names, "n", "each", top, rendering));
    }
    String weighed =
        SqlText.subquery(
            "weighed",
            "SELECT " + names + "value, n, sum(n) OVER (PARTITION BY value) AS of_value",
            "FROM each");
    return List.of(each, weighed, ranked(names, "of_value", "weighed", top, rendering));
  }

  private static String ranked(
      String names, String weight, String subquery, int top, Rendering rendering) {
    return SqlText.subquery(
        "ranked",
        SqlText.select(
            List.of(
                names + "value",
                "n",
                "dense_rank() OVER (ORDER BY %s DESC, value) > %s AS other"
                    .formatted(weight, rendering.bind("top", "UInt32", top)))),
        "FROM " + subquery);
  }

  /** Returns the column of {@code ranked} with the category, empty for all others. */
  static String category() {
    return "if(other, '', value) AS category";
  }

  /** Returns the column of {@code ranked} with the downloads of a category. */
  static String downloads() {
    return "sum(n) AS " + Source.DOWNLOADS;
  }

  /** Reads the columns {@code other}, {@code category} and {@code label}. */
  static Category category(Row row) {
    return row.booleanValue("other")
        ? Category.other()
        : Category.named(row.string("category"), row.string("label"));
  }
}
