package io.clickpy.ingest;

/** What a {@link DayRepair} is doing; the order is that of time. */
public enum RepairPhase {
  /** The new downloads are brought into private tables. */
  STAGING,
  /** The old ones are copied, and what the difference means to each rollup is computed. */
  COMPARING,
  /** The difference reaches the tables. */
  SWITCHING,
  /** What cannot be told by differences is put right, and everything is checked. */
  CHECKING
}
