package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.QueryException;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.internal.publication.Turns.OpenTurn;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is sealed into the live tables, every file once; the package tells how.
 *
 * <p>This holds on one server. Between the first move and the last, readers see the files in a part
 * of the tables.
 */
public final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final int UNKNOWN_TABLE = 60;

  private final ClickPy clickpy;
  private final LoadNames names;
  private final Journal journal;
  private final Loaders loaders;
  private final String loader;
  private final Duration patience;
  private final Turns turns;
  private final Parts parts;
  private final Remover remover;
  private final Mover mover;
  private final Settlement settlement;
  private final Sweeper sweeper;

  /**
   * A publisher.
   *
   * @param loader for whom it works
   * @param patience how long to wait for the turn of another that counts as alive
   */
  public Publisher(
      ClickPy clickpy,
      LoadNames names,
      Journal journal,
      Loaders loaders,
      String loader,
      Duration patience) {
    this.clickpy = clickpy;
    this.names = names;
    this.journal = journal;
    this.loaders = loaders;
    this.loader = loader;
    this.patience = patience;
    this.turns = new Turns(clickpy, names);
    this.parts = new Parts(clickpy, names);
    this.remover = new Remover(clickpy, names);
    this.mover = new Mover(clickpy, names, parts);
    this.settlement = new Settlement(clickpy, names, parts);
    this.sweeper = new Sweeper(clickpy, names, loaders, turns);
  }

  /**
   * Publishes an attempt that is sealed and noted as staged, unless a file of it has been published
   * or put aside meanwhile: then nothing of it is.
   *
   * @return what stands against it, by file; if nothing does, all is published
   * @throws LostAttemptException if it is not there any more
   * @throws UndecidedException if somebody has to look whether it is published
   * @throws ClickPyException if it failed; then it may be published in part, and the next load
   *     completes it
   */
  public Map<URI, FileHistory> publish(Attempt attempt, Collection<LoadUnit> units) {
    return publish(attempt, units, Optional.empty());
  }

  /** Publishes an attempt, and takes rows away that it is there to replace. */
  public Map<URI, FileHistory> publish(
      Attempt attempt, Collection<LoadUnit> units, Removal replaced) {
    return publish(attempt, units, Optional.of(replaced));
  }

  private Map<URI, FileHistory> publish(
      Attempt attempt, Collection<LoadUnit> units, Optional<Removal> replaced) {
    for (Pause pause = Pause.ofDefaults(); ; pause.sleep()) {
      long before = journal.newestTurn();
      Optional<OpenTurn> open = openTurn(before);
      if (open.isPresent()) {
        waitOrHelp(open.get(), attempt, pause);
        continue;
      }
      // Read behind the number: the next turn is taken by one that knows of all before it.
      Map<URI, FileHistory> histories = histories(units);
      if (isLoaded(attempt, histories)) {
        return Map.of();
      }
      Map<URI, FileHistory> obstacles = obstacles(histories);
      if (!obstacles.isEmpty()) {
        return obstacles;
      }
      Turn publishing = Turn.publishing(before + 1, loader, attempt, parts.notes(attempt));
      Turn mine = replaced.map(publishing::removing).orElse(publishing);
      if (take(mine)) {
        complete(mine.number());
        return Map.of();
      }
    }
  }

  private Optional<OpenTurn> openTurn(long after) {
    return turns.all().stream().filter(open -> open.turn().number() > after).findFirst();
  }

  /** Another loader may have completed the turn of this one. */
  private static boolean isLoaded(Attempt attempt, Map<URI, FileHistory> histories) {
    return histories.values().stream()
        .flatMap(history -> history.entries().stream())
        .anyMatch(entry -> entry.state() == State.LOADED && entry.attempt().equals(attempt.id()));
  }

  private static Map<URI, FileHistory> obstacles(Map<URI, FileHistory> histories) {
    Map<URI, FileHistory> obstacles = new HashMap<>(histories);
    obstacles.values().removeIf(history -> !history.isLoaded() && history.stuck().isEmpty());
    return obstacles;
  }

  /** Returns what is known of files; a file that is not known is not in the map. */
  public Map<URI, FileHistory> histories(Collection<LoadUnit> units) {
    Map<URI, FileHistory> histories = journal.histories(units);
    if (histories.values().stream().anyMatch(history -> history.mentions(State.STUCK))) {
      Set<Long> open =
          turns.all().stream().map(turn -> turn.turn().number()).collect(Collectors.toSet());
      histories.replaceAll((uri, history) -> history.withStuckIn(open));
    }
    return histories;
  }

  /** Takes a turn, if nobody else has. */
  private boolean take(Turn turn) {
    if (!turns.open(turn, ServerLife.now(clickpy))) {
      return false;
    }
    if (journal.newestTurn() >= turn.number()) {
      turns.drop(turn.number()); // It has been taken, and was over, since we looked.
      return false;
    }
    return true;
  }

  private void waitOrHelp(OpenTurn open, Attempt attempt, Pause pause) {
    Turn turn = open.turn();
    boolean othersWork = !turn.publishes(attempt) && !turn.loader().equals(loader);
    if (othersWork
        && pause.waited().compareTo(patience) < 0
        && loaders.alive().contains(turn.loader())) {
      return;
    }
    complete(turn.number());
  }

  /** Does what is left to do in a turn; several loaders may do so at once. */
  private void complete(long number) {
    while (true) {
      ServerLife life = ServerLife.now(clickpy);
      Optional<OpenTurn> open = turns.newestRound(number);
      if (open.isEmpty()) {
        return;
      }
      try {
        if (isDone(open.get(), life)) {
          return;
        }
      } catch (ServerLife.EndedException e) {
        LOG.info("The server was restarted in turn {}: looking what it has done", number);
      }
    }
  }

  /** Returns whether the turn is over; if not, there is another round. */
  private boolean isDone(OpenTurn open, ServerLife life) {
    Turn turn = open.turn();
    if (turn.attempt().isPresent()) {
      return isPublished(open, turn.attempt().get(), life);
    }
    if (journal.publishedIn(turn.number()).isEmpty()) {
      sweeper.sweep();
      journal.swept(turn.number());
    }
    turns.drop(turn.number());
    return true;
  }

  private boolean isPublished(OpenTurn open, Attempt attempt, ServerLife life) {
    Turn turn = open.turn();
    Set<String> tables = new HashSet<>(parts.tables(attempt));
    // Tables are dropped behind the ledger: read it after them.
    Optional<String> published = journal.publishedIn(turn.number());
    if (published.isEmpty()) {
      // Before the first move: sums are compared as if these rows had never been there.
      turn.removal().ifPresent(removal -> remover.remove(removal, attempt, life));
      if (!open.marked() || !tables.containsAll(moving(turn, attempt))) {
        openNextRound(open, attempt, life);
        return false;
      }
      move(turn, attempt, life);
      journal.loaded(attempt, turn.number());
      published = journal.publishedIn(turn.number());
    }
    tidyUp(turn.number(), attempt, published.orElseThrow(() -> notNoted(turn)));
    return true;
  }

  private void move(Turn turn, Attempt attempt, ServerLife life) {
    try {
      mover.move(turn, attempt, life);
    } catch (QueryException e) {
      // Another loader that does the same may be done, and have tidied up.
      if (e.serverCode() != UNKNOWN_TABLE || journal.publishedIn(turn.number()).isEmpty()) {
        throw e;
      }
    }
  }

  private List<String> moving(Turn turn, Attempt attempt) {
    return turn.notes().stream().map(note -> names.ready(attempt, note.table())).toList();
  }

  private void openNextRound(OpenTurn open, Attempt attempt, ServerLife life) {
    Turn turn = open.turn();
    try {
      List<MoveNote> rest = settlement.rest(turn, attempt, open.marked());
      turns.open(turn.next(loader, rest), life);
    } catch (UndecidedException e) {
      // Others need not wait until somebody has looked.
      journal.stuck(attempt, turn.number(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private UndecidedException notNoted(Turn turn) {
    return new UndecidedException(
        "Cannot note in %s what turn %s has published (what it had staged is not noted there any more). Put its rows back, or no later load knows these files."
            .formatted(names.ledger(), turn.number()));
  }

  /** All is published, whatever goes wrong here; the next load tidies up again. */
  private void tidyUp(long number, Attempt attempt, String published) {
    try {
      // A turn that came too late finds its number used by another attempt.
      if (published.equals(attempt.id())) {
        discard(attempt);
      }
      turns.drop(number);
    } catch (ClickPyException | IllegalStateException e) {
      LOG.warn("Cannot tidy up behind turn {}: {}", number, e.getMessage());
    }
  }

  /** Drops the private tables of an attempt; nothing must be left to be moved from them. */
  public void discard(Attempt attempt) {
    String tables =
        Stream.of(names.staged(attempt), names.ready(attempt))
            .flatMap(schema -> LoadNames.filled(schema).stream())
            .map(Table::name)
            .collect(Collectors.joining(", "));
    Command.of("DROP TABLE IF EXISTS " + tables).repeatable().execute(clickpy);
  }

  /**
   * Completes what dead loaders have left half published, tries again what was put aside, and drops
   * what they have left staged. What cannot be completed holds up nothing else.
   */
  public void recover() {
    List<OpenTurn> all = turns.all();
    if (!all.isEmpty()) {
      Set<String> alive = loaders.alive();
      long newest = journal.newestTurn();
      all.stream()
          .filter(open -> open.turn().number() <= newest || !alive.contains(open.turn().loader()))
          .map(open -> open.turn().number())
          .distinct()
          .forEach(this::tryToComplete);
    }
    if (!sweeper.found().isEmpty()) {
      long before = journal.newestTurn();
      if (openTurn(before).isEmpty() && take(Turn.sweeping(before + 1, loader))) {
        complete(before + 1);
      }
    }
  }

  private void tryToComplete(long number) {
    LOG.info("Completing turn {}, left by another loader", number);
    try {
      complete(number);
    } catch (UndecidedException e) {
      LOG.warn("Going on without turn {}: {}", number, e.getMessage());
    }
  }
}
