package io.clickpy.query.internal;

import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables and the values of a question while its SQL is written; for one thread. */
public final class Rendering {
  private final PypiSchema schema;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** A question to the tables of a schema, without values yet. */
  public Rendering(PypiSchema schema) {
    this.schema = schema;
  }

  /** Returns the tables that the SQL may name. */
  public PypiSchema schema() {
    return schema;
  }

  /** Returns the smallest table that knows which days are loaded. */
  public LoadedDays loadedDays() {
    return LoadedDays.of(schema);
  }

  /**
   * Binds a value, and returns what stands for it in the SQL. A name that already has another value
   * gets a number.
   */
  public String bind(String name, String type, Object value) {
    String free = name;
    for (int i = 2; !value.equals(values.getOrDefault(free, value)); i++) {
      free = name + "_" + i;
    }
    values.put(free, value);
    return "{" + free + ":" + type + "}";
  }

  /** Returns the query with all values bound. */
  public <R> Query<R> bindTo(Query<R> query) {
    Query<R> bound = query;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      bound = bound.bind(value.getKey(), value.getValue());
    }
    return bound;
  }
}
