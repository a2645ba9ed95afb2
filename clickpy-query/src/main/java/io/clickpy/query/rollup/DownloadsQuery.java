package io.clickpy.query.rollup;

import io.clickpy.core.Row;
import io.clickpy.query.internal.Order;
import io.clickpy.query.internal.Source;
import java.util.function.Function;

/**
 * A question to a rollup that counts downloads. The count is always a sum, whatever the server has
 * merged yet.
 *
 * @param <Q> the question itself
 */
public abstract non-sealed class DownloadsQuery<Q extends DownloadsQuery<Q>>
    extends RollupQuery<Q, GroupedDownloads> {
  private final Function<Selection, Q> copy;

  DownloadsQuery(Selection selection, Function<Selection, Q> copy) {
    super(selection);
    this.copy = copy;
  }

  /** Returns this question sorted by one thing more: most downloads first. */
  public final Q mostDownloadsFirst() {
    return with(selection().orderBy(new Order.MostDownloads()));
  }

  @Override
  final Q with(Selection refined) {
    return copy.apply(refined);
  }

  @Override
  final GroupedDownloads read(GroupKey key, Row row) {
    return new GroupedDownloads(key, row.longValue(Source.DOWNLOADS));
  }
}
