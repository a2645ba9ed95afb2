package io.clickpy.ingest;

/**
 * Hears how a {@link DayRepair} goes on.
 *
 * <p>One event comes at a time, from whatever thread works, and holds the repair up while it is
 * heard. What is thrown is logged and changes nothing.
 */
@FunctionalInterface
public interface RepairListener {
  /** Takes notice of an event. */
  void onEvent(RepairEvent event);
}
