package io.clickpy.query.projects;

import java.time.Instant;
import java.util.Objects;

/**
 * A project without a new release for long.
 *
 * @param project the project's name, in PEP 503 normal form
 * @param lastUpload when its newest file was uploaded
 * @param count its downloads
 */
public record LongUnreleasedProject(String project, Instant lastUpload, long count) {

  /** Checks that nothing is missing. */
  public LongUnreleasedProject {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(lastUpload, "lastUpload");
  }
}
