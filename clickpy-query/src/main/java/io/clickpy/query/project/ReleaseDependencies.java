package io.clickpy.query.project;

import io.clickpy.core.packaging.PackageVersion;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one release of a project requires.
 *
 * @param version the release's version
 * @param latestVersion the version of the project's latest release
 * @param released when the release's first file was uploaded
 * @param dependencies the projects that it requires, most downloaded first; equals by name
 * @param skippedVersions how many releases have a version that PEP 440 does not know; none of them
 *     can be the latest
 * @param skippedRequirements how many requirements of this release are none that PEP 508 knows
 */
public record ReleaseDependencies(
    PackageVersion version,
    PackageVersion latestVersion,
    Instant released,
    List<Dependency> dependencies,
    int skippedVersions,
    int skippedRequirements) {

  /** Copies the list. */
  public ReleaseDependencies {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(latestVersion, "latestVersion");
    Objects.requireNonNull(released, "released");
    dependencies = List.copyOf(dependencies);
  }
}
