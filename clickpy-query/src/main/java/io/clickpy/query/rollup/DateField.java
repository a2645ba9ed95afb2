package io.clickpy.query.rollup;

import io.clickpy.core.DateRange;
import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import java.time.LocalDate;

/**
 * The day of a download, in UTC.
 *
 * @param <B> the mix-in of the rollups that have it
 */
public final class DateField<B> extends Field<B, LocalDate> {
  DateField(Dimension dimension) {
    super(dimension);
  }

  /** Returns the filter for one day. */
  public Filter<B> is(LocalDate day) {
    return between(day, day);
  }

  /**
   * Returns the filter for several days.
   *
   * @param first the first day
   * @param last the last day, included
   * @throws IllegalArgumentException if the last day is before the first
   */
  public Filter<B> between(LocalDate first, LocalDate last) {
    return between(DateRange.of(first, last));
  }

  /** Returns the filter for several days. */
  public Filter<B> between(DateRange days) {
    return new Filter<>(new Condition.Between(dimension(), days.first(), days.last()));
  }

  /**
   * Returns the filter for the newest days, counted back from the newest day on which anything was
   * loaded.
   *
   * @param days how many, that day included; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public Filter<B> lastDays(int days) {
    return new Filter<>(new Condition.LastDays(days));
  }

  @Override
  LocalDate read(Row row) {
    return row.date(dimension().column());
  }
}
