package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one version of a project.
 *
 * @param version the version, as the files' names say it
 * @param count its downloads
 */
public record VersionDownloads(String version, long count) {

  /** Checks that nothing is missing. */
  public VersionDownloads {
    Objects.requireNonNull(version, "version");
  }
}
