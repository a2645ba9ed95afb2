package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;

/** Hears when data stop arriving, and when they arrive again; see {@link ArrivalWatch}. */
public interface ArrivalListener {
  /** Data have stopped arriving; told once, however often it is looked. */
  void onStopped(Silence silence);

  /** Data arrive again; told once, and only behind {@link #onStopped}. Does nothing by default. */
  default void onResumed(Silence ended) {}

  /** Nobody can tell, for example because the server is away. Does nothing by default. */
  default void onFailed(ClickPyException failure) {}
}
