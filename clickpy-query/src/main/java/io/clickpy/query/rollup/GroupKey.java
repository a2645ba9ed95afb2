package io.clickpy.query.rollup;

import io.clickpy.core.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a row of an answer is about: one value of each field that the question is grouped by.
 *
 * @param values the values by their fields, in the order of the question; {@code String}, {@code
 *     LocalDate} or {@code YearMonth}
 */
public record GroupKey(Map<Field<?, ?>, Object> values) {

  /** Copies the values. */
  public GroupKey {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static GroupKey read(List<Field<?, ?>> fields, Row row) {
    Map<Field<?, ?>, Object> values = new LinkedHashMap<>();
    fields.forEach(field -> values.put(field, field.read(row)));
    return new GroupKey(values);
  }

  /**
   * Returns the value of a field.
   *
   * @throws IllegalArgumentException if the question is not grouped by it
   */
  @SuppressWarnings("unchecked") // A field reads what it says.
  public <T> T value(Field<?, T> field) {
    Object value = values.get(field);
    if (value == null) {
      throw new IllegalArgumentException(
          "Invalid field: %s (the question is grouped by %s). Group by it as well."
              .formatted(field, values.keySet()));
    }
    return (T) value;
  }
}
