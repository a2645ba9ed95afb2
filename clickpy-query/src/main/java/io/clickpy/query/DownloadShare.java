package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one category.
 *
 * @param category what was downloaded, or how
 * @param count its downloads
 * @param fraction its part of all downloads asked for, from 0 to 1
 */
public record DownloadShare(Category category, long count, double fraction) {

  /** Checks that nothing is missing. */
  public DownloadShare {
    Objects.requireNonNull(category, "category");
  }
}
