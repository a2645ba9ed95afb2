package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.migrate.Build.Kind;
import io.clickpy.core.migrate.FillJournal.Event;
import io.clickpy.core.migrate.FillState.Chunk;
import io.clickpy.core.migrate.MigrationException.Reason;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds rollups of everything that the raw table holds, while rows keep arriving: each download
 * counts once, whoever dies. The decision record 14 says why.
 *
 * <ol>
 *   <li>{@link FillCut}: views count from a moment on, and what was there before is kept;
 *   <li>{@link FillCopy}: that is derived, piece by piece;
 *   <li>{@link FillPublication}: both together become the table that everybody reads.
 * </ol>
 *
 * <p>Whatever stops it, the next call goes on. If something has come that no view saw, as a load by
 * a program that does not know the rollup, it is noticed at the end, and all begins anew.
 */
final class Fill {
  private static final Logger LOG = LoggerFactory.getLogger(Fill.class);
  private static final int ATTEMPTS = 3;
  private static final int ATTEMPTS_OF_A_LEASE = 1000;
  private static final int MAX_PAUSES = 100;
  private static final long WAIT_MILLIS = 200;

  private final Work work;
  private final PypiSchema schema;
  private final FillLimits limits;
  private final FillJournal journal;
  private final LiveTables live;

  Fill(Work work, PypiSchema schema, FillLimits limits) {
    this.work = work;
    this.schema = schema;
    this.limits = limits;
    this.journal = new FillJournal(work, schema.prefix());
    this.live = new LiveTables(work.clickpy());
  }

  /**
   * Builds new rollups, unless an earlier call has.
   *
   * @param rollups fine to coarse; a table that is in use under such a name is rebuilt
   */
  void build(List<Rollup> rollups) {
    finish(rollups);
    List<Rollup> open =
        rollups.stream()
            .filter(rollup -> journal.readOf(rollup.name()).filter(FillState::done).isEmpty())
            .toList();
    rebuild(open);
  }

  /** Builds rollups, also those that are there already. */
  void rebuild(List<Rollup> rollups) {
    if (!rollups.isEmpty()) {
      journal.create();
      run(plan(rollups, Set.of()), Optional.empty());
    }
  }

  /**
   * Goes on with what an earlier call has begun.
   *
   * @param known rollups that the schema does not tell of
   */
  void finish(List<Rollup> known) {
    journal
        .read()
        .filter(state -> !state.done())
        .ifPresent(state -> run(builds(state, known), Optional.of(state)));
  }

  private List<Build> builds(FillState state, List<Rollup> known) {
    Map<String, Rollup> byName =
        Stream.concat(schema.rollups().stream(), known.stream())
            .collect(Collectors.toMap(Rollup::name, rollup -> rollup, (a, b) -> b));
    List<Build> builds = new ArrayList<>();
    state
        .planned()
        .forEach(
            (name, planned) ->
                Optional.ofNullable(byName.get(name))
                    .map(rollup -> new Build(rollup, planned.kind(), planned.number()))
                    .ifPresent(builds::add));
    builds.sort(Comparator.comparingInt(Build::number));
    if (builds.size() < state.planned().size()) {
      throw new MigrationException(
          Reason.UNFINISHED_FILL,
          "Cannot go on filling %s: this program does not know all of them. Let the program go on that began it."
              .formatted(String.join(", ", state.planned().keySet())));
    }
    return builds;
  }

  private List<Build> plan(List<Rollup> rollups, Set<String> inPlace) {
    Set<String> existing = live.idsOf("").keySet();
    List<Build> builds = new ArrayList<>();
    for (Rollup rollup : rollups) {
      boolean inUse = existing.contains(rollup.name()) && !inPlace.contains(rollup.name());
      builds.add(new Build(rollup, inUse ? Kind.REBUILD : Kind.NEW, builds.size()));
    }
    return builds;
  }

  private void run(List<Build> first, Optional<FillState> begun) {
    List<Build> builds = first;
    Optional<FillState> state = begun;
    String disturbance = "";
    for (int i = 1; i <= ATTEMPTS; i++) {
      FillState started = state.isPresent() ? state.get() : start(builds);
      try {
        new Context(started, builds).run();
        return;
      } catch (DisturbedFillException e) {
        disturbance = e.getMessage();
        LOG.warn("Filling {} anew: {}", names(builds), disturbance);
        builds = without(builds, new Context(started, builds));
        state = Optional.empty();
      }
    }
    throw new MigrationException(
        Reason.FILL_DISTURBED,
        "Cannot fill %s: %s. Stop loads by programs that do not know these rollups, and deletes, and call again."
            .formatted(names(builds), disturbance));
  }

  private static String names(List<Build> builds) {
    return builds.stream().map(Build::name).collect(Collectors.joining(", "));
  }

  private FillState start(List<Build> builds) {
    // Nobody else has the lease's number, so nobody else has the attempt's.
    long before = work.generation() * ATTEMPTS_OF_A_LEASE;
    long attempt =
        journal.read().map(FillState::attempt).filter(newest -> newest > before).orElse(before) + 1;
    Map<String, String> texts = new LinkedHashMap<>();
    builds.forEach(build -> texts.put(build.name(), build.number() + " " + build.kind()));
    journal.note(attempt, Event.PLANNED, texts, 0);
    return FillState.planned(attempt, builds);
  }

  /** Plans again what an attempt has not published; what it has put into place stays there. */
  private List<Build> without(List<Build> builds, Context disturbed) {
    FillState state = journal.read().orElseThrow();
    Set<String> inPlace = new TreeSet<>();
    for (Build build : builds) {
      if (build.isNew() || disturbed.isReplaced(build, state)) {
        inPlace.add(build.name());
      }
    }
    disturbed.keepReplaced(state);
    return plan(
        builds.stream()
            .filter(build -> !state.published().contains(build.name()))
            .map(Build::rollup)
            .toList(),
        inPlace);
  }

  /** What the parts of one attempt share. */
  final class Context {
    private final FillState begun;
    private final List<Build> builds;
    private final FillTables tables;
    private final FillSources sources;
    private long rowsBeforeTheCut;

    private Context(FillState begun, List<Build> builds) {
      this.begun = begun;
      this.builds = builds;
      this.tables = new FillTables(journal.table(), begun.attempt());
      Map<String, LiveObject> found = LiveObject.read(work.clickpy());
      this.sources =
          new FillSources(
              builds,
              schema.downloads(),
              rollup -> {
                LiveObject table = found.get(rollup.name());
                return table != null && table.sortColumns().containsAll(rollup.sortKey());
              });
    }

    private void run() {
      if (begun.rawRows().isEmpty()) {
        new FillCut(this).cut();
      }
      FillState cut = journal.read().orElseThrow();
      rowsBeforeTheCut = cut.rawRows().orElseThrow();
      if (cut.published().size() < builds.size()) {
        Chunk last = new FillCopy(this).copy(cut.copied());
        new FillPublication(this, last).publish(cut);
      }
      keepReplaced(cut);
      drop(tables.all());
      WriterPause.removeGate(work, tables.gate());
      journal.note(begun.attempt(), Event.DONE, Map.of("", ""), 0);
    }

    Work work() {
      return work;
    }

    LiveTables live() {
      return live;
    }

    FillLimits limits() {
      return limits;
    }

    FillTables tables() {
      return tables;
    }

    FillSources sources() {
      return sources;
    }

    List<Build> builds() {
      return builds;
    }

    DownloadsTable raw() {
      return schema.downloads();
    }

    long rowsBeforeTheCut() {
      return rowsBeforeTheCut;
    }

    void note(Event event, Map<String, String> texts, long number) {
      journal.note(begun.attempt(), event, texts, number);
    }

    /**
     * Does something while no insert and no load is under way.
     *
     * @param prepare what comes before it, each time that it is tried
     */
    void whilePaused(Runnable prepare, Consumer<WriterPause> action) {
      for (int i = 0; i < MAX_PAUSES; i++) {
        awaitLoads();
        prepare.run();
        try (WriterPause pause = WriterPause.begin(work, raw().name(), tables.gate())) {
          if (live.claims().isEmpty()) {
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
              .formatted(raw().name()));
    }

    private void awaitLoads() {
      long end = System.nanoTime() + limits.claimPatience().toNanos();
      List<String> claims = live.claims();
      while (!claims.isEmpty()) {
        if (System.nanoTime() - end > 0) {
          throw new MigrationException(
              Reason.UNFINISHED_LOAD,
              "Cannot fill %s while loads are being published (%s). If no load runs, one has died: run the loader again, which completes it, then migrate."
                  .formatted(names(builds), String.join(", ", claims)));
        }
        WriterPause.sleep(WAIT_MILLIS);
        claims = live.claims();
      }
    }

    /** Checks that nothing came while the caller worked, by whatever way. */
    void requireUndisturbed(WriterPause pause, LiveTables.RawState before) {
      pause.requireHeld();
      if (!live.claims().isEmpty() || !live.raw(raw().name()).equals(before)) {
        throw new WriterPause.InterruptedPauseException();
      }
    }

    private boolean isReplaced(Build build, FillState state) {
      String inUse = state.inUse().getOrDefault(build.name(), "");
      return !inUse.isEmpty()
          && !inUse.equals(live.idsOf(build.name()).getOrDefault(build.name(), ""));
    }

    /** A table that was in use is nobody's to drop but its owner's. */
    private void keepReplaced(FillState state) {
      Map<String, String> hidden = live.idsOf(tables.own());
      for (Build build : builds) {
        if (!build.isNew()) {
          String inUse = state.inUse().getOrDefault(build.name(), "");
          hidden.entrySet().stream()
              .filter(entry -> entry.getValue().equals(inUse))
              .findFirst()
              .ifPresent(
                  entry ->
                      work.run(
                          "RENAME TABLE IF EXISTS %s TO %s"
                              .formatted(
                                  entry.getKey(), FillTables.replaced(build, begun.attempt()))));
        }
      }
    }

    /** Drops the tables whose names begin so, views first and the gate not. */
    void drop(String beginning) {
      dropTables(live.idsOf(beginning).keySet());
    }

    void dropTables(Collection<String> names) {
      List<String> found = names.stream().filter(name -> !name.equals(tables.gate())).toList();
      for (String name : found) {
        if (name.endsWith("_mv")) {
          // Until no insert knows it: one that did would miss the table it writes to.
          work.run("DROP VIEW IF EXISTS %s SYNC".formatted(name));
        }
      }
      for (String name : found) {
        if (!name.endsWith("_mv")) {
          work.run(
              Command.of("DROP TABLE IF EXISTS %s SYNC".formatted(name))
                  .setting("max_table_size_to_drop", "0")
                  .repeatable());
        }
      }
    }
  }
}
