package io.clickpy.core.migrate;

import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Rollup;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rollup that is to hold what has been downloaded before it was there.
 *
 * @param rollup what it is to be
 * @param kind whether a table of its name is in use
 * @param number its place in the fill, which names its tables
 */
record Build(Rollup rollup, Kind kind, int number) {
  enum Kind {
    /** There is no such table: it counts under its own name from the beginning. */
    NEW,
    /** There is one, which stays in use until the new one takes its place. */
    REBUILD
  }

  String name() {
    return rollup.name();
  }

  boolean isNew() {
    return kind == Kind.NEW;
  }

  boolean counts() {
    return rollup.measure() == Measure.COUNT;
  }

  static String names(List<Build> builds) {
    return builds.stream().map(Build::name).collect(Collectors.joining(", "));
  }

  /** Returns the same rollup under another name. */
  Rollup named(String name) {
    return renamed(rollup, name);
  }

  static Rollup renamed(Rollup rollup, String name) {
    return new Rollup(
        name, rollup.dimensions(), rollup.measure(), rollup.derivedFrom(), rollup.description());
  }
}
