package io.clickpy.query.project;

import io.clickpy.core.packaging.PackageVersion;
import java.time.Instant;
import java.util.Objects;

/**
 * One release of a project, mostly its latest.
 *
 * @param name the project's name, as its author writes it
 * @param version the release's version
 * @param latestVersion the version of the project's latest release
 * @param released when the release's first file was uploaded
 * @param metadata what is said about it
 * @param skippedVersions how many releases have a version that PEP 440 does not know; none of them
 *     can be the latest
 */
public record ReleaseDetails(
    String name,
    PackageVersion version,
    PackageVersion latestVersion,
    Instant released,
    ReleaseMetadata metadata,
    int skippedVersions) {

  /** Checks that nothing is missing. */
  public ReleaseDetails {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(latestVersion, "latestVersion");
    Objects.requireNonNull(released, "released");
    Objects.requireNonNull(metadata, "metadata");
  }
}
