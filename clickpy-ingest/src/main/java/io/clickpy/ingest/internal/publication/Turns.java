package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.OutcomeUnknownException;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The turns that the server knows: one table for each round of each. */
final class Turns {
  private static final int TABLE_EXISTS = 57;

  /** A note of a large attempt is longer than what the server parses by default. */
  private static final String MAX_QUERY_SIZE = Integer.toString(64 << 20);

  private final ClickPy clickpy;
  private final LoadNames names;

  Turns(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.names = names;
  }

  /** Returns every round of every turn that is there, the oldest first. */
  List<OpenTurn> all() {
    return Query.of(
            "SELECT name, comment, ifNull(total_rows, 0) > 0 AS marked FROM system.tables"
                + " WHERE database = currentDatabase() AND startsWith(name, {prefix:String})",
            row ->
                new OpenTurn(
                    Turn.parse(
                        row.string("name").substring(names.turnPrefix().length()),
                        row.string("comment")),
                    row.booleanValue("marked")))
        .bind("prefix", names.turnPrefix())
        .fetch(clickpy)
        .stream()
        .sorted(
            Comparator.comparingLong((OpenTurn open) -> open.turn().number())
                .thenComparing(open -> open.turn().round()))
        .toList();
  }

  /** Returns the newest round of a turn. */
  Optional<OpenTurn> newestRound(long number) {
    return all().stream()
        .filter(open -> open.turn().number() == number)
        .reduce((older, newer) -> newer);
  }

  /**
   * Creates the table of a round, in one life of the server.
   *
   * @return whether it is there because of this call; if not, look who has it
   */
  boolean open(Turn turn, ServerLife life) {
    // The row of a table in memory is gone when the server starts anew.
    Command create =
        Command.of(
                "CREATE TABLE %s ENGINE = Memory COMMENT '%s' AS SELECT 1 AS mark"
                    .formatted(names.turnPrefix() + turn.name(), turn.comment()))
            .setting("max_query_size", MAX_QUERY_SIZE);
    try {
      life.execute(create);
      return true;
    } catch (QueryException e) {
      if (e.serverCode() != TABLE_EXISTS) {
        throw e;
      }
    } catch (OutcomeUnknownException e) {
      e.queryId().ifPresent(clickpy::settle);
    }
    return false;
  }

  /** Drops all rounds of a turn whose number is used up. */
  void drop(long number) {
    List<String> rounds =
        all().stream()
            .map(OpenTurn::turn)
            .filter(turn -> turn.number() == number)
            .map(turn -> names.turnPrefix() + turn.name())
            .toList();
    if (!rounds.isEmpty()) {
      Command.of("DROP TABLE IF EXISTS " + String.join(", ", rounds)).repeatable().execute(clickpy);
    }
  }

  /**
   * A round of a turn, as the server knows it.
   *
   * @param turn what its table says
   * @param marked whether the server lives on since the round was opened
   */
  record OpenTurn(Turn turn, boolean marked) {}
}
