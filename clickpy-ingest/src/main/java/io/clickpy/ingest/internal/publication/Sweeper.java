package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops the private tables of loaders that died before they took a turn. */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final int AT_ONCE = 100;

  private final ClickPy clickpy;
  private final LoadNames names;
  private final Loaders loaders;
  private final Turns turns;

  Sweeper(ClickPy clickpy, LoadNames names, Loaders loaders, Turns turns) {
    this.clickpy = clickpy;
    this.names = names;
    this.loaders = loaders;
    this.turns = turns;
  }

  /**
   * Returns the tables that nobody will publish. If they are to be dropped, look again in a turn of
   * one's own: whoever is only believed dead may take one between looking and dropping.
   */
  List<String> found() {
    List<String> all =
        Query.of(
                "SELECT name FROM system.tables WHERE database = currentDatabase()"
                    + " AND (startsWith(name, {staged:String}) OR startsWith(name, {ready:String}))",
                row -> row.string("name"))
            .bind("staged", names.stagedPrefix())
            .bind("ready", names.readyPrefix())
            .fetch(clickpy);
    if (all.isEmpty()) {
      return all;
    }
    Set<String> alive = loaders.alive();
    Set<Attempt> taken =
        turns.all().stream()
            .flatMap(open -> open.turn().attempt().stream())
            .collect(Collectors.toSet());
    return all.stream()
        .filter(
            table -> {
              Optional<Attempt> attempt = names.attempt(table);
              return attempt.isPresent()
                  && !alive.contains(attempt.get().loader())
                  && !taken.contains(attempt.get());
            })
        .toList();
  }

  /** Drops what is found; to be called in a turn. */
  void sweep() {
    List<String> dead = found();
    LOG.info("Dropping {} staging tables, left by loaders that died", dead.size());
    for (int i = 0; i < dead.size(); i += AT_ONCE) {
      List<String> some = dead.subList(i, Math.min(i + AT_ONCE, dead.size()));
      Command.of("DROP TABLE IF EXISTS " + String.join(", ", some)).repeatable().execute(clickpy);
    }
  }
}
