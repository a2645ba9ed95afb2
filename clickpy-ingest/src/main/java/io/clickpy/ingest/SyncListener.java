package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;

/**
 * Hears what became of each run of an {@link IncrementalSync}; both methods do nothing by default.
 */
public interface SyncListener {
  /** Takes notice of a run that succeeded. */
  default void onSynced(SyncReport report) {}

  /** Takes notice of a run that failed; the next goes on where it stopped. */
  default void onFailed(ClickPyException failure) {}
}
