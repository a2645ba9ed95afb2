package io.clickpy.ingest;

/** Why a row of a file is no download that can be counted. */
public enum RejectReason {
  /** The timestamp is NULL. */
  NO_TIMESTAMP,
  /** The timestamp is before 1970 or after 2149-06-06, which a day of ClickHouse cannot be. */
  TIMESTAMP_OUT_OF_RANGE,
  /** The project is NULL or empty. */
  NO_PROJECT
}
