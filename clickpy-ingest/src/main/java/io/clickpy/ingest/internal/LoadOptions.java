package io.clickpy.ingest.internal;

import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.ChangedFile;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;

/**
 * What the caller has chosen about a load.
 *
 * @param schema the tables to fill
 * @param columns which columns are read
 * @param filter which rows are taken
 * @param staging how the rows come to the server
 * @param failedBefore what to do with files that an earlier load could not load
 * @param lease how long a loader counts as alive without a word
 * @param ledger where to note what is loaded; a table of the database if it is not said
 * @param changed what to do with files that have changed since they were loaded
 */
public record LoadOptions(
    PypiSchema schema,
    DownloadColumns columns,
    RowFilter filter,
    StagingMode staging,
    FailedBefore failedBefore,
    Duration lease,
    Optional<Ledger> ledger,
    ChangedFile changed) {
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  /** Returns the usual tables, BigQuery's columns, all rows, and the way that fits the file. */
  public static LoadOptions ofDefaults() {
    return new LoadOptions(
        PypiSchema.ofDefaults(),
        DownloadColumns.ofDefaults(),
        RowFilter.NONE,
        StagingMode.AUTO,
        FailedBefore.REPORT,
        LEASE,
        Optional.empty(),
        ChangedFile.REFUSE);
  }

  /**
   * Returns these options for other tables.
   *
   * @throws IllegalArgumentException if they are ClickPy's own
   */
  public LoadOptions withSchema(PypiSchema value) {
    return new LoadOptions(
        requireOurs(value), columns, filter, staging, failedBefore, lease, ledger, changed);
  }

  /**
   * Returns a schema whose tables this library fills.
   *
   * @throws IllegalArgumentException if it is ClickPy's own
   */
  public static PypiSchema requireOurs(PypiSchema schema) {
    if (schema.equals(PypiSchema.ofClickPy())) {
      throw new IllegalArgumentException(
          "Invalid schema: %s (only ClickPy fills its tables). Use PypiSchema.ofDefaults() or withPrefix(…)."
              .formatted(schema));
    }
    return schema;
  }

  /** Returns these options with other columns. */
  public LoadOptions withColumns(DownloadColumns value) {
    return new LoadOptions(schema, value, filter, staging, failedBefore, lease, ledger, changed);
  }

  /** Returns these options with another filter. */
  public LoadOptions withFilter(RowFilter value) {
    return new LoadOptions(schema, columns, value, staging, failedBefore, lease, ledger, changed);
  }

  /** Returns these options with another way to stage. */
  public LoadOptions withStaging(StagingMode value) {
    return new LoadOptions(schema, columns, filter, value, failedBefore, lease, ledger, changed);
  }

  /** Returns these options with another choice about files that failed. */
  public LoadOptions withFailedBefore(FailedBefore value) {
    return new LoadOptions(schema, columns, filter, staging, value, lease, ledger, changed);
  }

  /**
   * Returns these options with another lease.
   *
   * @throws IllegalArgumentException if it is too short
   */
  public LoadOptions withLease(Duration value) {
    if (value.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException(
          "Invalid lease: %s (must be at least %s)".formatted(value, SHORTEST_LEASE));
    }
    return new LoadOptions(schema, columns, filter, staging, failedBefore, value, ledger, changed);
  }

  /** Returns these options with another ledger. */
  public LoadOptions withLedger(Ledger value) {
    return new LoadOptions(
        schema, columns, filter, staging, failedBefore, lease, Optional.of(value), changed);
  }

  /** Returns these options with another choice about files that have changed. */
  public LoadOptions withChanged(ChangedFile value) {
    return new LoadOptions(schema, columns, filter, staging, failedBefore, lease, ledger, value);
  }

  /** Returns in words what decides whether a file can be read. */
  String reading() {
    return staging + " " + columns;
  }

  /** What to do with files that failed before, by their own fault, and have not changed. */
  public enum FailedBefore {
    /** Say again that they have failed. */
    REPORT,
    /** Try again. */
    RETRY
  }
}
