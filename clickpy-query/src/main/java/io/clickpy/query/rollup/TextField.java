package io.clickpy.query.rollup;

import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A dimension whose values are texts. They are compared as they are stored, an empty text means
 * unknown; only names of projects are brought into the normal form of PEP 503 first.
 *
 * @param <B> the mix-in of the rollups that have it
 */
public sealed class TextField<B> extends Field<B, String> permits VersionField {
  private final UnaryOperator<String> normalForm;

  TextField(Dimension dimension, UnaryOperator<String> normalForm) {
    super(dimension);
    this.normalForm = normalForm;
  }

  /** Returns the filter for one value. */
  public final Filter<B> is(String value) {
    return new Filter<>(new Condition.Equal(dimension(), normalForm.apply(value)));
  }

  /** Returns the filter for any of several values; without one, nothing passes. */
  public final Filter<B> anyOf(Collection<String> values) {
    return new Filter<>(new Condition.AnyOf(dimension(), normalForms(values)));
  }

  /** Returns the filter for any of several values. */
  public final Filter<B> anyOf(String... values) {
    return anyOf(List.of(values));
  }

  /** Returns the filter for all but some values; without one, everything passes. */
  public final Filter<B> noneOf(Collection<String> values) {
    return new Filter<>(new Condition.NoneOf(dimension(), normalForms(values)));
  }

  /** Returns the filter for all but some values. */
  public final Filter<B> noneOf(String... values) {
    return noneOf(List.of(values));
  }

  /**
   * Returns the filter for values that begin with a text.
   *
   * @param prefix how they begin; no character has a special meaning
   */
  public final Filter<B> startsWith(String prefix) {
    return new Filter<>(new Condition.Prefix(dimension(), normalForm.apply(prefix)));
  }

  private List<String> normalForms(Collection<String> values) {
    return values.stream().map(normalForm).toList();
  }

  @Override
  final String read(Row row) {
    return row.string(dimension().column());
  }
}
