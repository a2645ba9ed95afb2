package io.clickpy.query.projects;

import java.time.LocalDate;
import java.util.Objects;

/**
 * A project that is new.
 *
 * @param project the project's name, in PEP 503 normal form
 * @param firstDownload the first day on which it was downloaded, by whomever
 * @param count its downloads since then
 */
public record EmergingProject(String project, LocalDate firstDownload, long count) {

  /** Checks that nothing is missing. */
  public EmergingProject {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(firstDownload, "firstDownload");
  }
}
