package io.clickpy.ingest.internal;

import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.ingest.internal.publication.StagedFile;
import java.time.LocalDate;
import java.util.List;

/** What some days are to have. */
interface DayRows {
  /** Returns what tells these rows from others, always and everywhere. */
  String id();

  /**
   * Brings the rows into the raw table of a staging, which is empty.
   *
   * @return the files that they are from
   */
  List<StagedFile> stage(Staging staging);

  /**
   * Looks at the rows that are staged.
   *
   * @throws io.clickpy.core.ClickPyException if they cannot be what the days are to have
   */
  void requireFit(List<LocalDate> days, DownloadsTable staged, long rows);

  /**
   * Looks at the rows that are to be replaced.
   *
   * @throws io.clickpy.core.ClickPyException if they must not be
   */
  default void requireReplaceable(List<LocalDate> days, DayContent present) {}
}
