package io.clickpy.query.rollup;

import io.clickpy.core.DateRange;
import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import java.time.YearMonth;

/**
 * The month of a download, in UTC.
 *
 * @param <B> the mix-in of the rollups that have it
 */
public final class MonthField<B> extends Field<B, YearMonth> {
  MonthField(Dimension dimension) {
    super(dimension);
  }

  /** Returns the filter for one month. */
  public Filter<B> is(YearMonth month) {
    return between(month, month);
  }

  /**
   * Returns the filter for several months.
   *
   * @param first the first month
   * @param last the last month, included
   * @throws IllegalArgumentException if the last month is before the first
   */
  public Filter<B> between(YearMonth first, YearMonth last) {
    DateRange days = DateRange.of(first.atDay(1), last.atDay(1));
    return new Filter<>(new Condition.Between(dimension(), days.first(), days.last()));
  }

  @Override
  YearMonth read(Row row) {
    return YearMonth.from(row.date(dimension().column()));
  }
}
