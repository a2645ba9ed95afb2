package io.clickpy.query.rollup;

import java.util.Objects;

/**
 * The downloads of one group.
 *
 * @param key what they have in common
 * @param count how many there were
 */
public record GroupedDownloads(GroupKey key, long count) {

  /** Checks that nothing is missing. */
  public GroupedDownloads {
    Objects.requireNonNull(key, "key");
  }

  /** Returns what they have in common, as {@link GroupKey#value(Field)}. */
  public <T> T value(Field<?, T> field) {
    return key.value(field);
  }
}
