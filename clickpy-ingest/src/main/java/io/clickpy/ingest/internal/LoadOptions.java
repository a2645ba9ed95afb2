package io.clickpy.ingest.internal;

import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.RowFilter;

/**
 * How files are loaded.
 *
 * @param columns which columns are read
 * @param filter which rows are taken
 */
public record LoadOptions(DownloadColumns columns, RowFilter filter) {
  /** Returns BigQuery's columns, and all rows. */
  public static LoadOptions ofDefaults() {
    return new LoadOptions(DownloadColumns.ofDefaults(), RowFilter.NONE);
  }

  /** Returns these options with other columns. */
  public LoadOptions withColumns(DownloadColumns value) {
    return new LoadOptions(value, filter);
  }

  /** Returns these options with another filter. */
  public LoadOptions withFilter(RowFilter value) {
    return new LoadOptions(columns, value);
  }
}
