package io.clickpy.core.migrate;

import io.clickpy.core.migrate.MigrationException.Reason;
import io.clickpy.core.schema.PypiSchema;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moments in which nothing comes into the raw table, neither by an insert nor by a load. */
final class QuietMoments {
  private static final Logger LOG = LoggerFactory.getLogger(QuietMoments.class);
  private static final int TRIES = 100;
  private static final long WAIT_MILLIS = 200;

  private final Work work;
  private final LiveTables live;
  private final PypiSchema schema;
  private final String gate;
  private final FillLimits limits;
  private final String filled;

  /**
   * Moments of a fill.
   *
   * @param gate the name of the view that {@link WriterPause} needs
   * @param filled the names of what is filled
   */
  QuietMoments(Work work, PypiSchema schema, String gate, FillLimits limits, String filled) {
    this.work = work;
    this.live = new LiveTables(work.clickpy());
    this.schema = schema;
    this.gate = gate;
    this.limits = limits;
    this.filled = filled;
  }

  /**
   * Does something in such a moment.
   *
   * @param prepare what comes before it, each time that it is tried
   */
  void use(Runnable prepare, Consumer<WriterPause> action) {
    for (int i = 0; i < TRIES; i++) {
      awaitLoads();
      prepare.run();
      try (WriterPause pause = WriterPause.begin(work, schema.downloads().name(), gate)) {
        if (live.turns(schema).isEmpty()) {
          action.accept(pause);
          return;
        }
      } catch (WriterPause.InterruptedPauseException e) {
        LOG.debug("Trying again: the moment was too short, or a load came");
      }
    }
    throw new MigrationException(
        Reason.WRITERS_BUSY,
        "Cannot find a moment without loads into %s. Stop them for a moment, and call again."
            .formatted(schema.downloads().name()));
  }

  private void awaitLoads() {
    long end = System.nanoTime() + limits.loadPatience().toNanos();
    List<String> turns = live.turns(schema);
    while (!turns.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new MigrationException(
            Reason.UNFINISHED_LOAD,
            "Cannot fill %s while loads are being published (%s). If no load runs, one has died: run the loader again, which completes it, then migrate."
                .formatted(filled, String.join(", ", turns)));
      }
      WriterPause.sleep(WAIT_MILLIS);
      turns = live.turns(schema);
    }
  }

  /** Checks that nothing came since then, by whatever way. */
  void requireUndisturbed(WriterPause pause, LiveTables.RawState before) {
    pause.requireHeld();
    if (!live.turns(schema).isEmpty() || !live.raw(schema.downloads().name()).equals(before)) {
      throw new WriterPause.InterruptedPauseException();
    }
  }
}
