package io.clickpy.query;

import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import java.time.LocalDate;
import java.util.Optional;

/** How long the buckets of a question over time are. */
public enum Granularity {
  /** Days, in UTC. */
  DAY,
  /** Weeks, Monday to Sunday, as in ISO 8601. */
  WEEK,
  /** Months. */
  MONTH,
  /** Quarters, the first from January to March. */
  QUARTER,
  /** Years. */
  YEAR,
  /** Days for up to 184 of them, else weeks for up to 1096 days, else months; so for all time. */
  AUTO;

  private static final int LONGEST_IN_DAYS = 184;
  private static final int LONGEST_IN_WEEKS = 1096;

  /** Returns what {@link #AUTO} means for these days; anything else is itself. */
  Granularity resolve(Optional<Condition> days) {
    if (this != AUTO) {
      return this;
    }
    long length = days.map(Granularity::length).orElse(Long.MAX_VALUE);
    return length <= LONGEST_IN_DAYS ? DAY : length <= LONGEST_IN_WEEKS ? WEEK : MONTH;
  }

  private static long length(Condition days) {
    if (days instanceof Condition.Between between) {
      return between.days();
    }
    return days instanceof Condition.LastDays last ? last.days() : Long.MAX_VALUE;
  }

  /** Returns what the downloads must be told apart by. */
  Dimension dimension() {
    return this == DAY || this == WEEK ? Dimension.DATE : Dimension.MONTH;
  }

  /** Returns the first day of the bucket that a day is in, as SQL. */
  String startOf(String day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> "toMonday(" + day + ")";
      case MONTH -> "toStartOfMonth(" + day + ")";
      case QUARTER -> "toStartOfQuarter(" + day + ")";
      case YEAR -> "toStartOfYear(" + day + ")";
      case AUTO -> throw new IllegalStateException("Invalid granularity: AUTO (not resolved)");
    };
  }

  /** Returns the last day of the bucket that begins on a day. */
  LocalDate lastDayOf(LocalDate start) {
    LocalDate next =
        switch (this) {
          case DAY -> start.plusDays(1);
          case WEEK -> start.plusWeeks(1);
          case MONTH -> start.plusMonths(1);
          case QUARTER -> start.plusMonths(3);
          case YEAR -> start.plusYears(1);
          case AUTO -> throw new IllegalStateException("Invalid granularity: AUTO (not resolved)");
        };
    return next.minusDays(1);
  }
}
