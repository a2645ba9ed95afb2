package io.clickpy.core.migrate;

import io.clickpy.core.migrate.FillJournal.Event;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Rollup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides all downloads into those that are to be copied and those that views count, each download
 * into one of them: while no insert is under way, the tables are kept as they are, by hard links,
 * and what the views have counted until then is forgotten.
 */
final class FillCut {
  private final FillAttempt fill;
  private final Work work;
  private final FillTables tables;

  FillCut(FillAttempt fill) {
    this.fill = fill;
    this.work = fill.work();
    this.tables = fill.tables();
  }

  void cut() {
    fill.moments().use(this::prepare, this::cut);
  }

  /** Creates the tables, empty whatever an earlier try has left, and lets views count. */
  private void prepare() {
    fill.drop(tables.all());
    work.run("CREATE TABLE IF NOT EXISTS %s AS %s".formatted(tables.raw(), fill.raw().name()));
    List<Rollup> sources = fill.sources().inUse();
    for (int i = 0; i < sources.size(); i++) {
      work.run(
          "CREATE TABLE IF NOT EXISTS %s AS %s".formatted(tables.source(i), sources.get(i).name()));
    }
    for (Build build : fill.builds()) {
      Rollup counting = build.named(tables.live(build));
      work.run(Ddl.createTable(counting));
      work.run(Ddl.createView(counting, fill.raw()));
    }
  }

  private void cut(WriterPause pause) {
    LiveTables.RawState before = fill.live().raw(fill.raw().name());
    fill.attach(tables.raw(), fill.raw().name());
    List<Rollup> sources = fill.sources().inUse();
    for (int i = 0; i < sources.size(); i++) {
      fill.attach(tables.source(i), sources.get(i).name());
    }
    // In its place, not exchanged: an insert that waits may know it already.
    fill.builds().forEach(build -> work.run("TRUNCATE TABLE " + tables.live(build)));
    Map<String, String> ids = fill.live().idsOf("");
    Map<String, String> inUse = new LinkedHashMap<>();
    fill.builds().forEach(build -> inUse.put(build.name(), ids.getOrDefault(build.name(), "")));
    fill.moments().requireUndisturbed(pause, before);
    fill.note(Event.CUT, inUse, before.rows());
  }
}
