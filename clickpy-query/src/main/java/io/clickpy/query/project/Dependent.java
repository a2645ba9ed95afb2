package io.clickpy.query.project;

import io.clickpy.core.ProjectName;
import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.core.packaging.Requirement;
import java.util.List;
import java.util.Objects;

/**
 * A project whose latest release requires the project asked for.
 *
 * @param project the project
 * @param version the version of its latest release
 * @param requirements when it requires the project asked for, and in which versions; at least one
 * @param downloads how often it was downloaded
 */
public record Dependent(
    ProjectName project, PackageVersion version, List<Requirement> requirements, long downloads) {

  /** Copies the requirements. */
  public Dependent {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(version, "version");
    requirements = List.copyOf(requirements);
  }

  /** Returns whether only who asks for one of its extras needs the project asked for. */
  public boolean isOptional() {
    return requirements.stream().allMatch(Requirement::isOptional);
  }
}
