package io.clickpy.ingest.internal;

import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.StagingMode;

/**
 * How files are loaded.
 *
 * @param columns which columns are read
 * @param filter which rows are taken
 * @param staging how the rows come to the server
 */
public record LoadOptions(DownloadColumns columns, RowFilter filter, StagingMode staging) {
  /** Returns BigQuery's columns, all rows, and the way that fits the file. */
  public static LoadOptions ofDefaults() {
    return new LoadOptions(DownloadColumns.ofDefaults(), RowFilter.NONE, StagingMode.AUTO);
  }

  /** Returns these options with other columns. */
  public LoadOptions withColumns(DownloadColumns value) {
    return new LoadOptions(value, filter, staging);
  }

  /** Returns these options with another filter. */
  public LoadOptions withFilter(RowFilter value) {
    return new LoadOptions(columns, value, staging);
  }

  /** Returns these options with another way to stage. */
  public LoadOptions withStaging(StagingMode value) {
    return new LoadOptions(columns, filter, value);
  }
}
