package io.clickpy.ingest.internal.publication;

/** What has become of a part that was to be moved. */
enum Fate {
  /** It is in the live table. */
  MOVED,
  /** It is not in the live table. */
  WAITING,
  /** Nothing says. */
  UNKNOWN
}
