package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out what the moves of a round have achieved before the server was killed.
 *
 * <p>Tables are moved one after the other. A move first gives the parts to the live table, one
 * after the other, and then takes them from the private one; each step is there or not after a
 * restart. So, of the tables in their order:
 *
 * <ol>
 *   <li>where a part is gone from the private table, the move was over with the live one: all parts
 *       are moved;
 *   <li>the first table of which all parts are still there is in doubt; the moves of those behind
 *       it had not begun.
 * </ol>
 *
 * <p>Of the table in doubt:
 *
 * <ol>
 *   <li>nothing new is in the live table: no part is moved;
 *   <li>something new in the live table has the hash of a part: that part is moved;
 *   <li>else the new parts have been merged with others, or are somebody else's, and the sums tell:
 *       see {@link SumComparison}.
 * </ol>
 */
final class Settlement {
  private final LoadNames names;
  private final Parts parts;
  private final SumComparison sums;

  Settlement(ClickPy clickpy, LoadNames names, Parts parts) {
    this.names = names;
    this.parts = parts;
    this.sums = new SumComparison(clickpy, names);
  }

  /**
   * Returns what is left to be moved.
   *
   * @param marked whether the server lives on since the round was opened; then a move has happened
   *     wholly or not at all
   * @throws UndecidedException if nobody can tell
   */
  List<MoveNote> rest(Turn turn, Attempt attempt, boolean marked) {
    List<String> tables = parts.tables(attempt);
    Map<String, List<StagedPart>> staged = parts.staged(attempt);
    Map<String, MoveOutcome> outcomes = new LinkedHashMap<>();
    Optional<MoveNote> doubtful = Optional.empty();
    for (MoveNote note : turn.notes()) {
      String ready = names.ready(attempt, note.table());
      boolean isThere = staged.getOrDefault(ready, List.of()).containsAll(note.parts());
      if (!tables.contains(ready)) {
        outcomes.put(note.table(), requireMoved(byHashes(note), ready, turn));
      } else if (!isThere) {
        outcomes.put(note.table(), MoveOutcome.all(note, Fate.MOVED));
      } else {
        outcomes.put(note.table(), MoveOutcome.all(note, Fate.WAITING));
        doubtful = doubtful.isEmpty() ? Optional.of(note) : doubtful;
      }
    }
    if (!marked && doubtful.isPresent()) {
      MoveNote note = doubtful.get();
      outcomes.remove(note.table());
      outcomes.put(note.table(), settle(note, attempt, outcomes));
    }
    return turn.notes().stream()
        .map(note -> outcome(outcomes, note).rest())
        .filter(note -> !note.parts().isEmpty())
        .toList();
  }

  private static MoveOutcome outcome(Map<String, MoveOutcome> outcomes, MoveNote note) {
    return Objects.requireNonNull(outcomes.get(note.table()));
  }

  private MoveOutcome byHashes(MoveNote note) {
    return MoveOutcome.byHashes(note, parts.hashesBehind(note.table(), note.newestBlock()));
  }

  private MoveOutcome requireMoved(MoveOutcome outcome, String ready, Turn turn) {
    if (!outcome.isAll(Fate.MOVED)) {
      throw UndecidedException.dropped(
          ready, outcome.note().table(), names.turnPrefix() + turn.number());
    }
    return outcome;
  }

  private MoveOutcome settle(MoveNote note, Attempt attempt, Map<String, MoveOutcome> others) {
    Table live = live(note.table());
    long newest = parts.newestBlocks().getOrDefault(note.table(), 0L);
    if (newest == note.newestBlock() || mayBeRepeated(live)) {
      return MoveOutcome.all(note, Fate.WAITING);
    }
    MoveOutcome outcome = byHashes(note);
    for (Table reference : neighbours(live)) {
      Optional<Fate> fate = fate(reference, others);
      if (!outcome.isKnown() && fate.isPresent()) {
        outcome = outcome.with(sums.fates(attempt, live, reference, fate.get()));
      }
    }
    if (!outcome.isKnown()) {
      throw UndecidedException.unclear(names.ready(attempt, note.table()), note.table());
    }
    return outcome;
  }

  /** The last day of a project stays the last day, however often it is said. */
  private static boolean mayBeRepeated(Table live) {
    return live instanceof Rollup rollup && rollup.measure() == Measure.DATE_RANGE;
  }

  /** Returns the tables from which sums of a table can be told, or that can be told from it. */
  private List<Table> neighbours(Table table) {
    List<Table> neighbours = new ArrayList<>();
    if (table instanceof Rollup rollup) {
      neighbours.add(rollup.derivedFrom());
    }
    names.live().rollups().stream()
        .filter(rollup -> rollup.measure() == Measure.COUNT)
        .filter(rollup -> rollup.derivedFrom().name().equals(table.name()))
        .forEach(neighbours::add);
    return neighbours;
  }

  /** Returns what has become of a table as a whole, if that is known. */
  private static Optional<Fate> fate(Table table, Map<String, MoveOutcome> others) {
    MoveOutcome outcome = others.get(table.name());
    if (outcome == null) {
      return Optional.of(Fate.MOVED); // In a round before.
    }
    return Stream.of(Fate.MOVED, Fate.WAITING).filter(outcome::isAll).findFirst();
  }

  private Table live(String name) {
    return LoadNames.filled(names.live()).stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No table " + name));
  }
}
