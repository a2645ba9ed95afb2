package io.clickpy.query.rollup;

import io.clickpy.query.internal.Condition;

/**
 * Which downloads a question is about; made by a {@link Field}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <B> the mix-in of the rollups that it can be asked of
 */
@SuppressWarnings("UnusedTypeParameter") // It keeps a filter from a table that lacks the field.
public final class Filter<B> {
  private final Condition condition;

  Filter(Condition condition) {
    this.condition = condition;
  }

  Condition condition() {
    return condition;
  }

  @Override
  public String toString() {
    return condition.toString();
  }
}
