package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one project.
 *
 * @param project the project's name, in PEP 503 normal form
 * @param count its downloads
 */
public record ProjectDownloads(String project, long count) {

  /** Checks that nothing is missing. */
  public ProjectDownloads {
    Objects.requireNonNull(project, "project");
  }
}
