package io.clickpy.query.project;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a release requires, as its files say it.
 *
 * @param version the version, as the files say it
 * @param released when its first file was uploaded
 * @param requirements as PEP 508 writes them, mostly
 * @param downloads for each requirement, how often the project that it names was downloaded
 */
public record ReleaseRequirements(
    String version, Instant released, List<String> requirements, List<Long> downloads) {

  /** Copies the lists. */
  public ReleaseRequirements {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(released, "released");
    requirements = List.copyOf(requirements);
    downloads = List.copyOf(downloads);
  }
}
