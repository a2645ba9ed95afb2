package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.ingest.KeptDays;
import io.clickpy.ingest.RepairListener;
import io.clickpy.ingest.RepairReport;
import io.clickpy.ingest.internal.publication.StagedFile;
import io.clickpy.ingest.source.SourceFile;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * Replaces all downloads of some days by those of files, in the raw table and every rollup.
 *
 * <p>Thread-safe.
 */
public final class DayReplacement {
  private final ClickPy clickpy;
  private final LoadOptions options;
  private final EmptyDays empty;
  private final List<RepairListener> listeners;

  /**
   * Replacements in the tables of a connection.
   *
   * @param empty what to do if files have no rows
   */
  public DayReplacement(
      ClickPy clickpy, LoadOptions options, EmptyDays empty, List<RepairListener> listeners) {
    this.clickpy = clickpy;
    this.options = options;
    this.empty = empty;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Replaces the downloads of some days.
   *
   * @param days at least one; each has the rows of the files that are of it, and no others
   * @param files all files with rows of these days; they have none of others
   * @throws ClickPyException if nothing was changed, or the rest is done by the next call
   */
  public RepairReport replace(Collection<LocalDate> days, List<SourceFile> files) {
    try (DayRepairRun run = DayRepairRun.open(clickpy, options, listeners)) {
      return run.replace(days.stream().distinct().sorted().toList(), files, empty);
    }
  }

  /**
   * Replaces what a file brought before by what it has now. What was replaced is not kept.
   *
   * @param before its downloads by day, all that the tables have of these days
   * @return the file
   * @throws ClickPyException if nothing was changed, or the rest is done by the next call
   */
  StagedFile replace(SourceFile file, SortedMap<LocalDate, Long> before) {
    try (DayRepairRun run = DayRepairRun.open(clickpy, options, listeners)) {
      return run.replace(file, before, empty);
    }
  }

  /**
   * Forgets what a day had before it was replaced.
   *
   * @throws ClickPyException if nothing of it is kept
   */
  public void confirm(LocalDate day) {
    try (DayRepairRun run = DayRepairRun.open(clickpy, options, listeners)) {
      run.confirm(day);
    }
  }

  /**
   * Brings back what a day had before it was replaced.
   *
   * @throws ClickPyException if nothing of it is kept, or it has changed since
   */
  public RepairReport undo(LocalDate day) {
    try (DayRepairRun run = DayRepairRun.open(clickpy, options, listeners)) {
      return run.undo(day);
    }
  }

  /** Returns of which days it is kept what they had before. */
  public List<KeptDays> kept() {
    return DayRepairRun.kept(clickpy, options);
  }
}
