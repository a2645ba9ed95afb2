package io.clickpy.query.project;

import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.packaging.VersionSpecifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A release that was chosen among those of a project.
 *
 * @param release the release
 * @param version its version
 * @param latest the version of the latest release
 * @param skippedVersions how many releases have a version that PEP 440 does not know
 */
record Chosen<R>(R release, PackageVersion version, PackageVersion latest, int skippedVersions) {
  private static final VersionSpecifier ANY = VersionSpecifier.parse("");

  /** A release whose version can be compared. */
  private record Versioned<R>(R release, PackageVersion version) {}

  /**
   * Chooses the latest release, or one of a given version.
   *
   * @param asked the version; empty for the latest
   * @param preReleases whether the latest may be a pre-release; by the rule, if there is no other
   * @return empty if there is none
   */
  static <R> Optional<Chosen<R>> among(
      Collection<R> releases,
      Function<R, String> text,
      Optional<PackageVersion> asked,
      PreReleases preReleases) {
    List<Versioned<R>> known = new ArrayList<>();
    for (R release : releases) {
      PackageVersion.tryParse(text.apply(release))
          .ifPresent(version -> known.add(new Versioned<>(release, version)));
    }
    // Two spellings of one version are one release; any order will do that is always the same.
    Comparator<Versioned<R>> order =
        Comparator.comparing((Versioned<R> release) -> release.version())
            .thenComparing(release -> release.version().text());
    List<PackageVersion> versions = known.stream().map(Versioned::version).toList();
    Optional<PackageVersion> latest =
        ANY.filter(versions, preReleases).stream().max(Comparator.naturalOrder());
    return latest.flatMap(
        newest ->
            known.stream()
                .filter(release -> release.version().equals(asked.orElse(newest)))
                .max(order)
                .map(
                    release ->
                        new Chosen<>(
                            release.release(),
                            release.version(),
                            newest,
                            releases.size() - known.size())));
  }
}
