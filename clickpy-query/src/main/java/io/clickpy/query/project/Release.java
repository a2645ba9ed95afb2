package io.clickpy.query.project;

import java.time.Instant;
import java.util.Objects;

/**
 * A release of a project, as its newest file tells of it.
 *
 * @param name the project's name, as its author writes it
 * @param version the version, as the file says it; old ones need not be what PEP 440 knows
 * @param released when its first file was uploaded
 * @param metadata what is said about it
 */
public record Release(String name, String version, Instant released, ReleaseMetadata metadata) {

  /** Checks that nothing is missing. */
  public Release {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(released, "released");
    Objects.requireNonNull(metadata, "metadata");
  }
}
