package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import java.time.Duration;
import java.util.List;

/**
 * Takes rows out of the raw table, as a turn says.
 *
 * <p>Which rows these are is known only while the table keeps the numbers of blocks. So the
 * statement looks itself whether {@code clickpy_repairs} says that the turn has done its work, and
 * removes nothing if it does: one that the network has held back does no harm.
 */
final class Remover {
  private static final QueryLimits PATIENT =
      QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofHours(2));

  private final ClickPy clickpy;
  private final LoadNames names;

  Remover(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.names = names;
  }

  /**
   * Removes what is still there, and waits until it is gone.
   *
   * @param attempt what the turn publishes
   * @throws ServerLife.EndedException if that life is over
   */
  void remove(Removal removal, Attempt attempt, ServerLife life) {
    Command delete =
        Command.of("DELETE FROM %s WHERE %s".formatted(raw(), rows()))
            .bind("days", removal.days())
            .bind("block", removal.newestBlock())
            .bind("attempt", attempt.id())
            // Waiting is done here: no connection is silent for as long as a large table takes.
            .setting("lightweight_deletes_sync", "0")
            .setting("lightweight_delete_mode", "alter_update")
            .repeatable();
    for (Pause pause = Pause.ofDefaults(); ; pause.sleep()) {
      // Another loader may have begun: the same work twice would take twice as long.
      if (!isUnderWay(attempt)) {
        if (rowsLeft(removal, attempt) == 0) {
          return;
        }
        life.execute(delete);
      }
    }
  }

  private long rowsLeft(Removal removal, Attempt attempt) {
    return Query.of(
            "SELECT count() AS n FROM %s WHERE %s".formatted(raw(), rows()),
            row -> row.longValue("n"))
        .bind("days", removal.days())
        .bind("block", removal.newestBlock())
        .bind("attempt", attempt.id())
        .limits(PATIENT)
        .fetch(clickpy)
        .get(0);
  }

  private boolean isUnderWay(Attempt attempt) {
    List<String> failures =
        Query.of(
                "SELECT latest_fail_reason AS reason FROM system.mutations"
                    + " WHERE database = currentDatabase() AND table = {raw:String} AND NOT is_done"
                    + " AND NOT is_killed AND position(command, {attempt:String}) > 0",
                row -> row.string("reason"))
            .bind("raw", raw())
            .bind("attempt", attempt.id())
            .fetch(clickpy);
    for (String failure : failures) {
      if (!failure.isEmpty()) {
        throw new ClickPyException(
            ErrorCode.SERVER,
            "Cannot take the replaced rows out of %s (%s). The server tries again by itself; once that is mended, call again."
                .formatted(raw(), failure));
      }
    }
    return !failures.isEmpty();
  }

  private String raw() {
    return names.live().downloads().name();
  }

  /** The server runs the statement on its own later: then no database is the current one. */
  private String rows() {
    return Removal.ROWS
        + " AND (SELECT count() FROM %s.%s WHERE id = {attempt:String} AND state = 'SWITCHED') = 0"
            .formatted(clickpy.database(), names.repairs());
  }
}
