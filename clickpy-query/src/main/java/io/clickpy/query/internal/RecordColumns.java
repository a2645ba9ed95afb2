package io.clickpy.query.internal;

import io.clickpy.query.rollup.GroupKey;
import java.lang.reflect.RecordComponent;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of rows that are records. A component that is a record itself is taken apart into
 * columns named as {@code bucket.first}; one whose only component says it all, as a name, is its
 * component.
 *
 * @param columns from left to right
 */
public record RecordColumns(List<Column> columns) {

  /**
   * A column.
   *
   * @param name the path to its component
   * @param type what its values are
   * @param value reads it from a row
   */
  public record Column(
      String name, Class<?> type, Function<@Nullable Object, @Nullable Object> value) {

    /** Returns whether the values are numbers. */
    public boolean isNumber() {
      return Number.class.isAssignableFrom(type)
          || (type.isPrimitive() && type != boolean.class && type != char.class);
    }

    /** Returns whether the values are days or times. */
    public boolean isTemporal() {
      return Temporal.class.isAssignableFrom(type);
    }
  }

  /**
   * Returns the columns of a class of rows.
   *
   * @param type a record
   * @param first the first row, which tells what rows are grouped by; null if there is none
   * @throws IllegalArgumentException if the class is no record
   */
  public static RecordColumns of(Class<?> type, @Nullable Object first) {
    requireRecord(type);
    List<Column> columns = new ArrayList<>();
    addComponents("", type, row -> row, first, columns);
    return new RecordColumns(List.copyOf(columns));
  }

  /** Throws an {@link IllegalArgumentException} if the class is no record. */
  public static void requireRecord(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException(
          "Invalid row type: %s (must be a record). Map the rows to one."
              .formatted(type.getName()));
    }
  }

  /** Returns the values of a row, each as {@link PlainValues} makes it. */
  public List<@Nullable Object> values(Object row) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (Column column : columns) {
      values.add(PlainValues.of(column.value().apply(row)));
    }
    return values;
  }

  private static void addComponents(
      String prefix,
      Class<?> type,
      Function<@Nullable Object, @Nullable Object> value,
      @Nullable Object first,
      List<Column> columns) {
    for (RecordComponent component : type.getRecordComponents()) {
      add(
          prefix + component.getName(),
          component.getType(),
          row -> PlainValues.component(component, value.apply(row)),
          first,
          columns);
    }
  }

  private static void add(
      String path,
      Class<?> type,
      Function<@Nullable Object, @Nullable Object> value,
      @Nullable Object first,
      List<Column> columns) {
    if (type == GroupKey.class) {
      addGroups(path, value, first, columns);
    } else if (!type.isRecord()) {
      columns.add(new Column(path, type, value));
    } else if (type.getRecordComponents().length == 1) {
      RecordComponent only = type.getRecordComponents()[0];
      add(
          path,
          only.getType(),
          row -> PlainValues.component(only, value.apply(row)),
          first,
          columns);
    } else {
      addComponents(path + ".", type, value, first, columns);
    }
  }

  private static void addGroups(
      String path,
      Function<@Nullable Object, @Nullable Object> value,
      @Nullable Object first,
      List<Column> columns) {
    if (value.apply(first) instanceof GroupKey key) {
      key.values()
          .forEach(
              (field, sample) ->
                  columns.add(
                      new Column(
                          path + "." + field,
                          sample.getClass(),
                          row ->
                              value.apply(row) instanceof GroupKey its
                                  ? its.values().get(field)
                                  : null)));
    }
  }
}
