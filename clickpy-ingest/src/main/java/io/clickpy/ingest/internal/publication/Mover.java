package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.QueryException;
import java.util.List;
import java.util.Map;

/** Moves the rows of an attempt into the live tables, one table after the other. */
final class Mover {
  private static final int SAME_QUERY_RUNS = 216;
  private static final int NO_SUCH_PART = 232;

  private final ClickPy clickpy;
  private final LoadNames names;
  private final Parts parts;

  Mover(ClickPy clickpy, LoadNames names, Parts parts) {
    this.clickpy = clickpy;
    this.names = names;
    this.parts = parts;
  }

  /**
   * Moves what a round notes and what is still there, in the life of the server in which the round
   * was opened.
   *
   * @throws ServerLife.EndedException if that life is over
   */
  void move(Turn turn, Attempt attempt, ServerLife life) {
    Map<String, List<StagedPart>> staged = parts.staged(attempt);
    for (MoveNote note : turn.notes()) {
      String from = names.ready(attempt, note.table());
      List<StagedPart> waiting = staged.getOrDefault(from, List.of());
      if (turn.round() > 1) {
        waiting.stream()
            .filter(part -> !note.parts().contains(part))
            .forEach(part -> drop(part, from, life));
      }
      if (waiting.stream().anyMatch(note.parts()::contains)) {
        move(from, note.table(), life);
      }
    }
  }

  private void move(String from, String to, ServerLife life) {
    Command move =
        Command.of("ALTER TABLE %s MOVE PARTITION tuple() TO TABLE %s".formatted(from, to))
            // Two moves at once could both see the rows: the server runs one of an id at a time.
            .queryId("move-" + clickpy.database() + "." + from)
            .repeatable();
    for (Pause pause = Pause.ofDefaults(); ; pause.sleep()) {
      try {
        life.execute(move);
        return;
      } catch (QueryException e) {
        if (e.serverCode() != SAME_QUERY_RUNS || pause.isLong()) {
          throw e;
        }
      }
    }
  }

  /** Of a move that a restart has broken off: this part came through. */
  private static void drop(StagedPart part, String table, ServerLife life) {
    try {
      life.execute(
          Command.of("ALTER TABLE %s DROP PART '%s'".formatted(table, part.name())).repeatable());
    } catch (QueryException e) {
      if (e.serverCode() != NO_SUCH_PART) {
        throw e;
      }
    }
  }
}
