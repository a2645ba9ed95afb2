package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.internal.publication.LoadNames;
import java.util.List;

/**
 * The first and the last day of each project, when days were replaced. A row more can only make the
 * first day earlier and the last later, so where a project has lost one of them, its rows go, and
 * what the rollup by day says is put in their place. That it says again and again does no harm, so
 * whoever adds a day meanwhile is not disturbed.
 */
final class FirstAndLastDays {
  /** The server takes values of a parameter only up to 128 kB. */
  private static final int AT_ONCE = 500;

  private final ClickPy clickpy;
  private final LoadNames names;
  private final InsertsUnderWay inserts;

  FirstAndLastDays(ClickPy clickpy, LoadNames names, InsertsUnderWay inserts) {
    this.clickpy = clickpy;
    this.names = names;
    this.inserts = inserts;
  }

  /** Corrects every table of first and last days; what is right already stays. */
  void correct(DayRepairEntry repair) {
    for (Rollup rollup : names.live().rollups()) {
      if (rollup.measure() == Measure.DATE_RANGE) {
        correct(repair, rollup);
      }
    }
  }

  private void correct(DayRepairEntry repair, Rollup rollup) {
    inserts.await();
    List<String> projects = wrong(repair, rollup);
    for (int i = 0; i < projects.size(); i += AT_ONCE) {
      List<String> some = projects.subList(i, Math.min(i + AT_ONCE, projects.size()));
      remove(repair, rollup, some);
      inserts.await();
      putBack(rollup, some);
    }
  }

  /** Returns the projects that had a day, do not have it any more, and have it as first or last. */
  private List<String> wrong(DayRepairEntry repair, Rollup rollup) {
    return Query.of(
            "SELECT DISTINCT project FROM %1$s WHERE (project, date) NOT IN (SELECT project, date FROM %2$s WHERE date IN {days:Array(Date)} AND project IN (SELECT project FROM %1$s) GROUP BY project, date HAVING sum(count) > 0) AND project NOT IN (SELECT project FROM %3$s WHERE project IN (SELECT project FROM %1$s) GROUP BY project HAVING max(max_date) NOT IN {days:Array(Date)} AND min(min_date) NOT IN {days:Array(Date)}) ORDER BY project"
                .formatted(
                    names.replaced(repair.attempt()), rollup.derivedFrom().name(), rollup.name()),
            row -> row.string("project"))
        .bind("days", repair.days())
        .limits(DayContent.PATIENT)
        .fetch(clickpy);
  }

  /** One that the network has held back removes nothing any more. */
  private void remove(DayRepairEntry repair, Rollup rollup, List<String> projects) {
    Command.of(
            "DELETE FROM %s WHERE project IN {projects:Array(String)} AND (SELECT count() FROM %s.%s WHERE id = {id:String} AND state IN ('KEPT', 'CONFIRMED')) = 0"
                .formatted(rollup.name(), clickpy.database(), names.repairs()))
        .bind("projects", projects)
        .bind("id", repair.id())
        .setting("lightweight_deletes_sync", "2")
        .setting("lightweight_delete_mode", "alter_update")
        .repeatable()
        .execute(clickpy);
  }

  private void putBack(Rollup rollup, List<String> projects) {
    Table perDay = rollup.derivedFrom();
    Command.of(
            "INSERT INTO %s (project, max_date, min_date) SELECT project, max(day), min(day) FROM (SELECT project, date AS day FROM %s WHERE project IN {projects:Array(String)} GROUP BY project, day HAVING sum(count) > 0) GROUP BY project"
                .formatted(rollup.name(), perDay.name()))
        .bind("projects", projects)
        // Where tables remember inserts: the same may have been said before, and removed since.
        .setting("insert_deduplicate", "0")
        .repeatable()
        .execute(clickpy);
  }
}
