package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.migrate.FillJournal.Event;
import io.clickpy.core.migrate.FillState.Chunk;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One try to fill rollups, with tables of its own; what its parts share. */
final class FillAttempt {
  private final Work work;
  private final DownloadsTable raw;
  private final FillLimits limits;
  private final FillJournal journal;
  private final LiveTables live;
  private final FillState begun;
  private final List<Build> builds;
  private final FillTables tables;
  private final FillSources sources;
  private final QuietMoments moments;
  private long rowsBeforeTheCut;

  FillAttempt(
      Work work,
      PypiSchema schema,
      FillLimits limits,
      FillJournal journal,
      FillState begun,
      List<Build> builds) {
    this.work = work;
    this.raw = schema.downloads();
    this.limits = limits;
    this.journal = journal;
    this.live = new LiveTables(work.clickpy());
    this.begun = begun;
    this.builds = builds;
    this.tables = new FillTables(journal.table(), begun.attempt());
    this.sources =
        new FillSources(builds, schema.downloads(), isSound(LiveObject.read(work.clickpy())));
    this.moments = new QuietMoments(work, schema, tables.gate(), limits, Build.names(builds));
  }

  private static Predicate<Rollup> isSound(Map<String, LiveObject> objects) {
    return rollup -> {
      LiveObject table = objects.get(rollup.name());
      return table != null && table.keepsApart(rollup);
    };
  }

  void run() {
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

  QuietMoments moments() {
    return moments;
  }

  List<Build> builds() {
    return builds;
  }

  DownloadsTable raw() {
    return raw;
  }

  long rowsBeforeTheCut() {
    return rowsBeforeTheCut;
  }

  void note(Event event, Map<String, String> texts, long number) {
    journal.note(begun.attempt(), event, texts, number);
  }

  /** Adds what a table holds to another of the same form, as hard links. */
  void attach(String table, String from) {
    // Repeated, it would double the rows: who fails begins anew with an empty table.
    work.run(Command.of("ALTER TABLE %s ATTACH PARTITION ALL FROM %s".formatted(table, from)));
  }

  boolean isReplaced(Build build, FillState state) {
    String inUse = state.inUse().getOrDefault(build.name(), "");
    return !inUse.isEmpty()
        && !inUse.equals(live.idsOf(build.name()).getOrDefault(build.name(), ""));
  }

  /** A table that was in use is nobody's to drop but its owner's. */
  void keepReplaced(FillState state) {
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
