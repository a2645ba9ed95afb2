package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.Pause;
import java.util.HashSet;
import java.util.Set;

/** Inserts that have reached some tables, and others not yet. */
final class InsertsUnderWay {
  private final ClickPy clickpy;
  private final LoadNames names;

  InsertsUnderWay(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.names = names;
  }

  /**
   * Waits until those have ended that run now: then their rows are in every table or, if they
   * failed, it is up to who sent them. Those that come meanwhile are not waited for, nor is what
   * loaders stage.
   *
   * @throws io.clickpy.core.ClickPyException if the thread is interrupted
   */
  void await() {
    Set<String> before = running();
    for (Pause pause = Pause.ofDefaults(); !before.isEmpty(); before.retainAll(running())) {
      pause.sleep();
    }
  }

  private Set<String> running() {
    return new HashSet<>(
        Query.of(
                "SELECT query_id FROM system.processes"
                    + " WHERE query_kind IN ('Insert', 'AsyncInsertFlush')"
                    + " AND position(query, {staged:String}) = 0",
                row -> row.string("query_id"))
            .bind("staged", names.stagedPrefix())
            .fetch(clickpy));
  }
}
