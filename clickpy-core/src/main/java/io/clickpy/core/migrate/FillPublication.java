package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.migrate.FillJournal.Event;
import io.clickpy.core.migrate.FillState.Chunk;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Rollup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts the rollups into place, in two steps.
 *
 * <p>First the rollup's name comes to mean a table of its form, that its view fills. A table that
 * is in use gives way to one that holds the same moment's downloads; inserts that wait at that
 * moment may still write into the old one.
 *
 * <p>Then, when no such insert is left, the table's content is replaced by what was copied and what
 * has been counted since the cut, in one statement. All of that can be repeated: what it is made of
 * stays as it is.
 */
final class FillPublication {
  /** A pause that ends sooner is not worked in. */
  private static final Duration LEAST = Duration.ofSeconds(5);

  private final FillAttempt fill;
  private final Work work;
  private final FillTables tables;
  private final Chunk last;

  FillPublication(FillAttempt fill, Chunk last) {
    this.fill = fill;
    this.work = fill.work();
    this.tables = fill.tables();
    this.last = last;
  }

  void publish(FillState state) {
    fence();
    putIntoPlace(state);
    Set<String> published = new TreeSet<>(state.published());
    while (published.size() < fill.builds().size()) {
      published.addAll(settle(published));
    }
  }

  /** What a program that lost its lease may still send finds no table to exchange. */
  private void fence() {
    for (String swap : fill.live().idsOf(tables.swaps()).keySet()) {
      work.run(
          Command.of(
              "RENAME TABLE %s TO %s%d".formatted(swap, tables.fenced(swap), work.generation())));
    }
  }

  private void putIntoPlace(FillState state) {
    for (Build build : fill.builds()) {
      if (build.isNew()) {
        work.run(Ddl.createTable(build.rollup()));
        work.run(Ddl.createView(build.rollup(), fill.raw()));
      } else if (isInUse(build, state)) {
        swap(build);
      }
    }
  }

  private boolean isInUse(Build build, FillState state) {
    return fill.live()
        .idsOf(build.name())
        .getOrDefault(build.name(), "")
        .equals(state.inUse().get(build.name()));
  }

  private void swap(Build build) {
    String swap = tables.swap(build, work.generation());
    fill.moments()
        .use(
            () -> assemble(build, swap),
            pause -> {
              requireEverythingSeen(build, fill.live().raw(fill.raw().name()));
              count(build, swap);
              // Whatever view there was may not be the described one.
              work.run("DROP VIEW IF EXISTS " + build.rollup().viewName());
              work.run(Ddl.createView(build.rollup(), fill.raw()));
              work.run(Command.of("EXCHANGE TABLES %s AND %s".formatted(build.name(), swap)));
            });
  }

  /** Creates a table of what has been copied. */
  private void assemble(Build build, String name) {
    Rollup whole = build.named(name);
    work.run("DROP TABLE IF EXISTS " + name + " SYNC");
    work.run(Ddl.createTable(whole));
    fill.attach(name, tables.history(build, last.id()));
  }

  /** Adds what has been counted since the cut. */
  private void count(Build build, String name) {
    fill.attach(name, tables.live(build));
  }

  /** Settles as many rollups as one pause allows, at least one, and returns their names. */
  private Set<String> settle(Set<String> published) {
    List<Build> open =
        fill.builds().stream().filter(build -> !published.contains(build.name())).toList();
    Map<String, String> settled = new LinkedHashMap<>();
    fill.moments()
        .use(
            () -> {
              settled.clear();
              open.forEach(build -> assemble(build, tables.whole(build, work.generation())));
            },
            pause -> {
              LiveTables.RawState before = fill.live().raw(fill.raw().name());
              for (Build build : open) {
                if (settled.isEmpty() || pause.remaining().compareTo(LEAST) > 0) {
                  requireEverythingSeen(build, before);
                  settle(build);
                  settled.put(build.name(), "");
                }
              }
              fill.moments().requireUndisturbed(pause, before);
              fill.note(Event.PUBLISHED, settled, before.rows());
            });
    return settled.keySet();
  }

  private void settle(Build build) {
    String whole = tables.whole(build, work.generation());
    count(build, whole);
    if (fill.live().count(whole) > 0) { // Of nothing there is nothing to replace.
      work.run("ALTER TABLE %s REPLACE PARTITION tuple() FROM %s".formatted(build.name(), whole));
    }
  }

  /** A download that came since the cut and that no view has seen is lost: better to begin anew. */
  private void requireEverythingSeen(Build build, LiveTables.RawState now) {
    if (build.counts()) {
      long came = now.rows() - fill.rowsBeforeTheCut();
      long seen = fill.live().sum(tables.live(build));
      if (came != seen) {
        throw new DisturbedFillException(
            "%d downloads came into %s meanwhile, and views saw %d of them"
                .formatted(came, fill.raw().name(), seen));
      }
    }
  }
}
