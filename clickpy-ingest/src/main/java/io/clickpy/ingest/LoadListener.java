package io.clickpy.ingest;

/**
 * Hears what happens in a load, for example to draw a progress bar.
 *
 * <p>It is called by the thread that loads, one event at a time, and holds the load up while it
 * runs. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface LoadListener {
  /** Takes notice of an event. */
  void onEvent(LoadEvent event);
}
