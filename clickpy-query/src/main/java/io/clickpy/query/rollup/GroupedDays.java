package io.clickpy.query.rollup;

import io.clickpy.core.DateRange;
import java.util.Objects;

/**
 * The first and the last day with downloads of one group.
 *
 * @param key what the downloads have in common
 * @param days from the first such day to the last
 */
public record GroupedDays(GroupKey key, DateRange days) {

  /** Checks that nothing is missing. */
  public GroupedDays {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(days, "days");
  }

  /** Returns what they have in common, as {@link GroupKey#value(Field)}. */
  public <T> T value(Field<?, T> field) {
    return key.value(field);
  }
}
