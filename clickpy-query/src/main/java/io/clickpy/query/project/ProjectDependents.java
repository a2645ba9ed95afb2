package io.clickpy.query.project;

import java.util.List;

/**
 * Who requires a project.
 *
 * @param dependents the projects, most downloaded first; equals by name
 * @param skippedVersions how many releases were passed over to find them because their version is
 *     none that PEP 440 knows
 * @param skippedRequirements how many requirements of latest releases were passed over because they
 *     name the project, but are none that PEP 508 knows
 */
public record ProjectDependents(
    List<Dependent> dependents, int skippedVersions, int skippedRequirements) {

  /** Copies the list. */
  public ProjectDependents {
    dependents = List.copyOf(dependents);
  }
}
