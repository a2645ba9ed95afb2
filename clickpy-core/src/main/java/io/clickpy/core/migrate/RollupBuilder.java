package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.migrate.MigrationException.Reason;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds rollups to a database that may hold downloads already, and builds those anew that are wrong.
 *
 * <p>On a single server {@link Fill} does it while rows keep arriving. The writers of several
 * servers cannot be held up at once: there it is somebody's work, which is checked.
 */
final class RollupBuilder {
  private final ClickPy clickpy;
  private final PypiSchema schema;
  private final Target target;
  private final List<Migration> migrations;
  private final MigrationListener listener;
  private final FillLimits limits;
  private final LiveTables live;

  RollupBuilder(
      ClickPy clickpy,
      Target target,
      List<Migration> migrations,
      MigrationListener listener,
      FillLimits limits) {
    this.clickpy = clickpy;
    this.schema = target.schema();
    this.target = target;
    this.migrations = migrations;
    this.listener = listener;
    this.limits = limits;
    this.live = new LiveTables(clickpy);
  }

  /** Adds the rollups of a migration's statement. */
  void add(PlannedStatement statement, List<Rollup> rollups, Lease lease) {
    Work work = new Work(clickpy, lease, listener, statement.version(), statement.ordinal());
    if (fillsByItself()) {
      new Fill(work, schema, limits).build(rollups);
    } else {
      rollups.forEach(rollup -> addUnfilled(rollup, work));
    }
  }

  private boolean fillsByItself() {
    return target.topology().canHoldUpWriters();
  }

  private void addUnfilled(Rollup rollup, Work work) {
    Table raw = inThisTopology(schema.downloads());
    String stored = target.topology().stored(rollup).name();
    if (live.count(raw.name()) == 0 || live.idsOf(stored).containsKey(stored)) {
      target.define(rollup).forEach(step -> work.run(step.command()));
      if (rollup.measure() != Measure.COUNT
          || live.sum(inThisTopology(rollup).name()) == live.count(raw.name())) {
        return;
      }
    }
    throw new MigrationException(
        Reason.UNFILLED_ROLLUP,
        "Cannot fill %s on %s (inserts into several servers cannot be held up at once). Stop all writers, run the statements that plan() shows for it, the INSERT on one server of each shard, and call migrate() again."
            .formatted(rollup.name(), target.topology()));
  }

  /** The table that tells of all downloads that this migration is about. */
  private Table inThisTopology(Table table) {
    return target.topology().onCluster().isEmpty() ? target.topology().stored(table) : table;
  }

  /**
   * Goes on with rollups that are half filled, and fills those that are missing beside a raw table
   * that holds rows already, as where tables were adopted. What they would be created with
   * otherwise counts only from then on. Migrations that fill come later, in their turn.
   */
  void fillWhatIsMissing(Lease lease) {
    Set<String> existing = live.idsOf("").keySet();
    String raw = target.topology().stored(schema.downloads()).name();
    List<Rollup> missing =
        existing.contains(raw) && live.count(raw) > 0
            ? schema.rollups().stream().filter(rollup -> isMissing(rollup, existing)).toList()
            : List.of();
    if (fillsByItself()) {
      goOn(lease).build(missing);
    } else if (!missing.isEmpty()) {
      throw new MigrationException(
          Reason.UNFILLED_ROLLUP,
          "Cannot fill %s on %s (inserts into several servers cannot be held up at once). Stop all writers, create and fill them by hand, and call again."
              .formatted(
                  missing.stream().map(Rollup::name).collect(Collectors.joining(", ")),
                  target.topology()));
    }
  }

  private boolean isMissing(Rollup rollup, Set<String> existing) {
    boolean hasItsMigration =
        migrations.stream().flatMap(Migration::fills).anyMatch(rollup::equals);
    return !hasItsMigration
        && (!existing.contains(target.topology().stored(rollup).name())
            || !existing.contains(rollup.viewName()));
  }

  private Fill goOn(Lease lease) {
    Fill fill = new Fill(new Work(clickpy, lease, listener, 0, 0), schema, limits);
    fill.finish(migrations.stream().flatMap(Migration::fills).toList());
    return fill;
  }

  List<Repair> repairs() {
    requireOneServer();
    return Repairs.find(clickpy, schema, target.topology());
  }

  /** Builds anew those that need it so. */
  List<Repair> repair(Set<Repair.Need> needs, Lease lease) {
    requireOneServer();
    Fill fill = goOn(lease);
    List<Repair> chosen =
        repairs().stream()
            .filter(repair -> needs.contains(repair.need()))
            .filter(repair -> repair.need() != Repair.Need.IRREPLACEABLE)
            .toList();
    Set<String> names = chosen.stream().map(Repair::rollup).collect(Collectors.toSet());
    fill.rebuild(schema.rollups().stream().filter(r -> names.contains(r.name())).toList());
    return chosen;
  }

  private void requireOneServer() {
    if (!fillsByItself()) {
      throw new MigrationException(
          Reason.UNFILLED_ROLLUP,
          "Cannot repair rollups on %s (inserts into several servers cannot be held up at once). Migrate another database, and load the downloads into it."
              .formatted(target.topology()));
    }
  }
}
