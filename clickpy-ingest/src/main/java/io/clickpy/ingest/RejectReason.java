package io.clickpy.ingest;

/** Why a row of a file is not counted. */
public enum RejectReason {
  /** The timestamp is NULL. */
  NO_TIMESTAMP,
  /** The timestamp is before 1970 or after 2149-06-06, which a day of ClickHouse cannot be. */
  TIMESTAMP_OUT_OF_RANGE,
  /** The project is NULL or empty. */
  NO_PROJECT,
  /**
   * Python's version or the operating system is NULL or empty; only with {@link
   * RowFilter#KNOWN_PYTHON_AND_SYSTEM}.
   */
  UNKNOWN_PYTHON_OR_SYSTEM
}
