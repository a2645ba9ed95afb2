package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one bucket of time.
 *
 * @param bucket the day, week, month, quarter or year
 * @param count its downloads
 */
public record BucketDownloads(TimeBucket bucket, long count) {

  /** Checks that nothing is missing. */
  public BucketDownloads {
    Objects.requireNonNull(bucket, "bucket");
  }
}
