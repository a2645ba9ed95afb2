package io.clickpy.ingest;

import java.util.Objects;

/**
 * How far a {@link DayRepair} has come.
 *
 * @param phase what it is doing
 * @param fraction how much of that is done, from 0 to 1, as far as is known
 */
public record RepairEvent(RepairPhase phase, double fraction) {
  /** Checks that nothing is missing. */
  public RepairEvent {
    Objects.requireNonNull(phase, "phase");
  }
}
