package io.clickpy.core.migrate;

import java.util.List;

/**
 * How far the filling of new or rebuilt rollups has come.
 *
 * @param rollups the tables that are filled, by name
 * @param rowsDone rows that have been read from the largest table that they are derived from
 * @param rowsInAll rows that there are to read; 0 if that table is empty
 */
public record FillProgress(List<String> rollups, long rowsDone, long rowsInAll) {
  /** Copies the list. */
  public FillProgress {
    rollups = List.copyOf(rollups);
  }

  /** Returns the share that is done, from 0 to 1. */
  public double fraction() {
    return rowsInAll == 0 ? 1 : (double) rowsDone / rowsInAll;
  }
}
