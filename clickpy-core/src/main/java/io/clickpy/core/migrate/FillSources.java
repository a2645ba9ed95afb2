package io.clickpy.core.migrate;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What rollups are derived from: the nearest finer one, which is built with them or in use, else
 * the raw table. All are read by ranges of projects, so what knows no project is passed over.
 */
final class FillSources {
  private final List<Build> builds;
  private final DownloadsTable raw;
  private final List<Rollup> inUse = new ArrayList<>();

  /**
   * Looks for the sources.
   *
   * @param builds fine to coarse
   * @param raw the raw table
   * @param sound the rollups in use that merge no rows of different dimensions
   */
  FillSources(List<Build> builds, DownloadsTable raw, Predicate<Rollup> sound) {
    this.builds = builds;
    this.raw = raw;
    for (Build build : builds) {
      Optional<Rollup> found = nearestInUse(build.rollup().derivedFrom(), sound);
      found.filter(rollup -> !inUse.contains(rollup)).ifPresent(inUse::add);
    }
  }

  /** Returns the rollups in use that something is derived from. */
  List<Rollup> inUse() {
    return List.copyOf(inUse);
  }

  private Optional<Rollup> nearestInUse(Table table, Predicate<Rollup> sound) {
    if (!(table instanceof Rollup rollup)) {
      return Optional.empty();
    }
    boolean fits = canGuide(rollup) && rollup.measure() == Measure.COUNT;
    if (fits && build(rollup).isPresent()) {
      return Optional.empty(); // Built with the others.
    }
    return fits && sound.test(rollup)
        ? Optional.of(rollup)
        : nearestInUse(rollup.derivedFrom(), sound);
  }

  /** Returns what a rollup is derived from: another build's, one in use, or the raw table. */
  Table of(Build build, Set<Rollup> trusted) {
    Table table = build.rollup().derivedFrom();
    while (table instanceof Rollup rollup) {
      if (canGuide(rollup) && (build(rollup).isPresent() || trusted.contains(rollup))) {
        return rollup;
      }
      table = rollup.derivedFrom();
    }
    return raw;
  }

  /** Returns the build of a rollup, if it is among them. */
  Optional<Build> build(Table table) {
    return builds.stream().filter(build -> build.name().equals(table.name())).findFirst();
  }

  private static boolean canGuide(Rollup rollup) {
    return rollup.dimensions().contains(Dimension.PROJECT);
  }
}
