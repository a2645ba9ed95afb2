package io.clickpy.core.migrate;

import io.clickpy.core.migrate.Build.Kind;
import io.clickpy.core.migrate.FillJournal.Event;
import io.clickpy.core.migrate.MigrationException.Reason;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        attempt(started, builds).run();
        return;
      } catch (DisturbedFillException e) {
        disturbance = e.getMessage();
        LOG.warn("The filling of {} has to begin anew: {}", Build.names(builds), disturbance);
        builds = without(builds, attempt(started, builds));
        state = Optional.empty();
      }
    }
    throw new MigrationException(
        Reason.FILL_DISTURBED,
        "Cannot fill %s: %s. Stop loads by programs that do not know these rollups, and deletes, and call again."
            .formatted(Build.names(builds), disturbance));
  }

  private FillAttempt attempt(FillState state, List<Build> builds) {
    return new FillAttempt(work, schema, limits, journal, state, builds);
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
  private List<Build> without(List<Build> builds, FillAttempt disturbed) {
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
}
