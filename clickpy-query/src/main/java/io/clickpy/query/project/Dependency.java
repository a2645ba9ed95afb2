package io.clickpy.query.project;

import io.clickpy.core.ProjectName;
import io.clickpy.core.packaging.Requirement;
import java.util.List;
import java.util.Objects;

/**
 * A project that a release requires.
 *
 * @param project the project
 * @param requirements when, and in which versions; at least one, as the release orders them
 * @param downloads how often the project was downloaded, by whomever
 */
public record Dependency(ProjectName project, List<Requirement> requirements, long downloads) {

  /** Copies the requirements. */
  public Dependency {
    Objects.requireNonNull(project, "project");
    requirements = List.copyOf(requirements);
  }

  /** Returns whether only who asks for an extra needs it. */
  public boolean isOptional() {
    return requirements.stream().allMatch(Requirement::isOptional);
  }
}
