package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Attempts that are staged by plain SQL, and what can happen to them. */
final class Rehearsal {
  static final LocalDate DAY = LocalDate.of(2024, 8, 12);
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final ClickPy clickpy;
  final LoadNames names = LoadNames.of(PypiSchema.ofDefaults());
  final Journal journal;
  final Loaders loaders;
  final Turns turns;
  final Parts parts;
  private int numbers;

  Rehearsal(ClickPy clickpy) {
    this.clickpy = clickpy;
    journal = new Journal(new TableLedger(clickpy, names));
    loaders = new Loaders(clickpy, names);
    turns = new Turns(clickpy, names);
    parts = new Parts(clickpy, names);
    journal.open();
    loaders.create();
  }

  Publisher publisher(String loader) {
    return new Publisher(clickpy, names, journal, loaders, loader, PATIENCE);
  }

  /** Returns the file that an attempt was told to load. */
  static LoadUnit unit(String name) {
    return new LoadUnit(name, URI.create("memory:" + name), "1", 1);
  }

  /**
   * Stages rows and seals them.
   *
   * @param parts how many parts each table has, each with as many rows
   * @param rows in each part; each is of another project
   */
  Attempt stage(String loader, LoadUnit unit, int parts, int rows) {
    Attempt attempt = new Attempt(loader, ++numbers);
    PypiSchema ready = names.ready(attempt);
    for (Table table : LoadNames.filled(ready)) {
      String live = table.name().substring(ready.prefix().length());
      String engine =
          Query.of(
                  "SELECT engine_full FROM system.tables"
                      + " WHERE database = currentDatabase() AND name = {name:String}",
                  row -> row.string("engine_full"))
              .bind("name", live)
              .fetch(clickpy)
              .get(0);
      execute(
          "CREATE TABLE %s AS %s ENGINE = %s, max_bytes_to_merge_at_max_space_in_pool = 1"
              .formatted(table.name(), live, engine));
    }
    for (int part = 0; part < parts; part++) {
      stagePart(ready, attempt, part, rows);
    }
    long all = (long) parts * rows;
    journal.staged(
        attempt, List.of(new StagedFile(unit, all, Map.of(), new TreeMap<>(Map.of(DAY, all)))));
    return attempt;
  }

  /** One part of each table, as if nothing else had been staged. */
  private void stagePart(PypiSchema ready, Attempt attempt, int part, int rows) {
    PypiSchema single = PypiSchema.withPrefix("single_");
    execute("CREATE TABLE %s AS pypi".formatted(single.downloads().name()));
    execute(
        "INSERT INTO %s SELECT '%s', 'US', 'project-' || %d || '-' || number, 'sdist', 'pip', '3.12', 'Linux', '%s' FROM numbers(%d)"
            .formatted(single.downloads().name(), DAY, part, attempt.id(), rows));
    execute(
        "INSERT INTO %s SELECT * FROM %s"
            .formatted(ready.downloads().name(), single.downloads().name()));
    for (int i = 0; i < ready.rollups().size(); i++) {
      Rollup rollup = ready.rollups().get(i);
      execute(
          "INSERT INTO %s SELECT * FROM (%s)"
              .formatted(rollup.name(), rollup.selectFrom(single.downloads())));
    }
    execute("DROP TABLE %s SYNC".formatted(single.downloads().name()));
  }

  /** What a loader does first of all when it publishes. */
  Turn open(Attempt attempt) {
    Turn turn =
        Turn.publishing(journal.newestTurn() + 1, attempt.loader(), attempt, parts.notes(attempt));
    if (!turns.open(turn, ServerLife.now(clickpy))) {
      throw new IllegalStateException("Somebody else has turn " + turn.number());
    }
    return turn;
  }

  void move(Attempt attempt, String live) {
    execute(
        "ALTER TABLE %s MOVE PARTITION tuple() TO TABLE %s"
            .formatted(names.ready(attempt, live), live));
  }

  /** What a server leaves that is killed within a move, behind its first half. */
  void moveByHalf(Attempt attempt, String live) {
    execute(
        "ALTER TABLE %s ATTACH PARTITION tuple() FROM %s"
            .formatted(live, names.ready(attempt, live)));
  }

  /** What a restart of the server does to a turn. */
  void forgetThatTheServerLives(Turn turn) {
    execute("TRUNCATE TABLE " + names.turnPrefix() + turn.name());
  }

  /** What a server does that merges the parts of a table, and forgets those it has merged. */
  void mergeAway(String live) {
    // Else that would take it minutes.
    execute("CREATE TABLE merged AS " + live);
    execute("INSERT INTO merged SELECT * FROM " + live);
    execute("EXCHANGE TABLES merged AND " + live);
    execute("DROP TABLE merged SYNC");
  }

  void execute(String sql) {
    Command.of(sql).setting("optimize_on_insert", "0").execute(clickpy);
  }
}
