package io.clickpy.core.migrate;

/** The names of the tables that one attempt to fill rollups works with. */
final class FillTables {
  private final String all;
  private final String own;

  /**
   * The names of an attempt.
   *
   * @param journal the name of the fills' journal, with which all of them begin
   * @param attempt its number
   */
  FillTables(String journal, long attempt) {
    this.all = journal + "_";
    this.own = all + attempt + "_";
  }

  /** Returns how the names of every attempt's tables begin. */
  String all() {
    return all;
  }

  /** Returns how the names of this attempt's tables begin. */
  String own() {
    return own;
  }

  String gate() {
    return all + "gate";
  }

  /** What the raw table held at the cut. */
  String raw() {
    return own + "raw";
  }

  /** What a finer rollup held at the cut. */
  String source(int number) {
    return own + "source_" + number;
  }

  /** What has come since the cut. */
  String live(Build build) {
    return own + "live_" + build.number();
  }

  /** What there was before the cut, as far as it has been copied. */
  String history(Build build, String chunk) {
    return own + "history_" + build.number() + "_" + chunk;
  }

  String histories() {
    return own + "history_";
  }

  /** Both together, to take the place of what is under the rollup's name. */
  String whole(Build build, long generation) {
    return own + "whole_" + build.number() + "_" + generation;
  }

  /** What takes the name of a table that is rebuilt, and then is that table. */
  String swap(Build build, long generation) {
    return swaps() + build.number() + "_" + generation;
  }

  String swaps() {
    return own + "swap_";
  }

  /** The beginning of a name for what a program that lost its lease had named. */
  String fenced(String swap) {
    return own + "left_" + swap.substring(own.length()) + "_";
  }

  /** Where a table that was in use is kept. */
  static String replaced(Build build, long attempt) {
    return build.name() + "_replaced_" + attempt;
  }
}
