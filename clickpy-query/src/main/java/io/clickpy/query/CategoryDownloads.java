package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one category in one bucket of time.
 *
 * @param bucket the day, week, month, quarter or year
 * @param category what was downloaded, or how
 * @param count the downloads
 */
public record CategoryDownloads(TimeBucket bucket, Category category, long count) {

  /** Checks that nothing is missing. */
  public CategoryDownloads {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(category, "category");
  }
}
