package io.clickpy.query.rollup;

import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import java.util.Objects;

/**
 * A dimension of the rollups that have it.
 *
 * <p>Immutable and thread-safe; the fields are in {@link Fields}.
 *
 * @param <B> the mix-in of the rollups that have it
 * @param <T> what its values are
 */
public abstract sealed class Field<B, T> permits TextField, DateField, MonthField {
  private final Dimension dimension;

  Field(Dimension dimension) {
    this.dimension = Objects.requireNonNull(dimension, "dimension");
  }

  /** Returns the dimension of the schema. */
  public final Dimension dimension() {
    return dimension;
  }

  /** Returns the value in a row of an answer. */
  abstract T read(Row row);

  @Override
  public final String toString() {
    return dimension.column();
  }
}
