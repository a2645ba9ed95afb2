package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one kind of file by one installer in one bucket of time.
 *
 * @param bucket the day, week, month, quarter or year
 * @param installer the installer
 * @param fileType the kind of file, as {@code bdist_wheel}
 * @param count the downloads
 */
public record FileTypeBucketDownloads(
    TimeBucket bucket, Category installer, String fileType, long count) {

  /** Checks that nothing is missing. */
  public FileTypeBucketDownloads {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(installer, "installer");
    Objects.requireNonNull(fileType, "fileType");
  }
}
