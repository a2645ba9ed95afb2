package io.clickpy.query;

import io.clickpy.core.DateRange;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Scope;
import java.time.LocalDate;

/**
 * A question about the downloads of some days; of all time, unless told otherwise.
 *
 * <p>Immutable and thread-safe: every filter returns a new question.
 *
 * @param <R> what one row of the answer is
 * @param <Q> the question itself
 */
public abstract class PeriodQuery<R, Q extends PeriodQuery<R, Q>> extends FilteredQuery<R, Q> {

  /** For the questions of this library. */
  protected PeriodQuery(Scope scope) {
    super(scope);
  }

  /**
   * Returns this question for given days.
   *
   * @param first the first day, in UTC
   * @param last the last day, included
   * @throws IllegalArgumentException if the last day is before the first
   */
  public final Q between(LocalDate first, LocalDate last) {
    return between(DateRange.of(first, last));
  }

  /** Returns this question for given days. */
  public final Q between(DateRange days) {
    return where(new Condition.Between(Dimension.DATE, days.first(), days.last()));
  }

  /**
   * Returns this question for the newest days, counted back from the newest day on which anything
   * was loaded, so that a late load does not make the answer shorter.
   *
   * @param days how many, that day included; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public final Q lastDays(int days) {
    return where(new Condition.LastDays(days));
  }

  /** Returns this question for every day that is loaded, which is the default. */
  public final Q allTime() {
    return with(scope().allTime());
  }
}
