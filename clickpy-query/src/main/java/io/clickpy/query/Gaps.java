package io.clickpy.query;

/** What becomes of buckets of time without downloads. */
enum Gaps {
  /** They have no row. */
  LEFT_OUT,
  /** They have a row that says 0. */
  FILLED
}
