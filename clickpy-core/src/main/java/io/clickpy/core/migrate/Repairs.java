package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.migrate.Repair.Need;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for what is wrong with the rollups of a live database, whoever made them: in their form,
 * and in what they add up to.
 */
final class Repairs {
  /** What makes a view count a part of what is inserted. */
  private static final Pattern PARTIAL =
      Pattern.compile(" (WHERE|PREWHERE|HAVING|LIMIT|SAMPLE|JOIN) ");

  private final PypiSchema schema;
  private final Map<String, LiveObject> objects;
  private final Set<String> different;
  private final LiveTables live;
  private final long rows;
  private final Map<String, Long> sums = new TreeMap<>();

  private Repairs(ClickPy clickpy, PypiSchema schema, Topology topology) {
    this.schema = schema;
    this.objects = LiveObject.read(clickpy);
    this.live = new LiveTables(clickpy);
    this.different =
        SchemaDiff.of(clickpy, schema, topology).stream()
            .filter(found -> found.kind() != Difference.Kind.MISSING)
            .map(Difference::object)
            .collect(Collectors.toSet());
    this.rows = live.count(schema.downloads().name());
    // What the raw table holds now, the views have counted when these inserts have ended.
    WriterPause.awaitInsertsUnderWay(clickpy);
    for (Rollup rollup : schema.rollups()) {
      if (rollup.measure() == Measure.COUNT && has(rollup.name(), "count")) {
        sums.put(rollup.name(), live.sum(rollup.name()));
      }
    }
  }

  static List<Repair> find(ClickPy clickpy, PypiSchema schema, Topology topology) {
    if (!new LiveTables(clickpy).idsOf("").containsKey(schema.downloads().name())) {
      return List.of();
    }
    Repairs repairs = new Repairs(clickpy, schema, topology);
    List<Repair> found = new ArrayList<>();
    schema.rollups().forEach(rollup -> repairs.find(rollup).ifPresent(found::add));
    return List.copyOf(found);
  }

  private boolean has(String table, String column) {
    LiveObject object = objects.get(table);
    return object != null && object.columns().containsKey(column);
  }

  private Optional<Repair> find(Rollup rollup) {
    LiveObject table = objects.get(rollup.name());
    if (table == null) {
      return Optional.empty(); // To be created by a migration.
    }
    List<String> defects = new ArrayList<>(ofTable(rollup, table));
    defects.addAll(ofView(rollup));
    if (defects.isEmpty()) {
      defects.addAll(ofContent(rollup));
    }
    boolean wrong = !defects.isEmpty();
    if (!wrong && isDifferent(rollup)) {
      defects.add("its columns, key, indexes or view are not as described");
    }
    if (defects.isEmpty() && !tellsTooMuch(rollup)) {
      return Optional.empty();
    }
    if (tellsTooMuch(rollup)) {
      return Optional.of(
          new Repair(
              rollup.name(),
              Need.IRREPLACEABLE,
              "it tells of %d downloads, and only %d can be counted again"
                  .formatted(sum(rollup), countable(rollup))));
    }
    return Optional.of(
        new Repair(
            rollup.name(), wrong ? Need.WRONG_ANSWERS : Need.FORM, String.join("; ", defects)));
  }

  private static List<String> ofTable(Rollup rollup, LiveObject table) {
    List<String> defects = new ArrayList<>();
    List<String> missing =
        rollup.columns().stream()
            .map(Column::name)
            .filter(column -> !table.columns().containsKey(column))
            .toList();
    if (!missing.isEmpty()) {
      defects.add("it lacks " + String.join(", ", missing));
    }
    Set<String> merged = new HashSet<>(rollup.sortKey());
    merged.removeAll(table.sortColumns());
    if (!merged.isEmpty()) {
      defects.add(
          "rows that differ in %s are merged, because it is sorted by %s"
              .formatted(String.join(", ", merged), table.sortKey()));
    }
    if (!rollup.engine().equals(table.engine())) {
      defects.add("its engine is %s".formatted(table.engine()));
    }
    return defects;
  }

  private List<String> ofView(Rollup rollup) {
    LiveObject view = objects.get(rollup.viewName());
    if (view == null) {
      return List.of("no view fills it");
    }
    List<String> defects = new ArrayList<>();
    List<String> missing =
        rollup.columns().stream()
            .map(Column::name)
            .filter(column -> !view.columns().containsKey(column))
            .toList();
    if (!missing.isEmpty()) {
      defects.add("its view does not fill " + String.join(", ", missing));
    }
    if (PARTIAL.matcher(view.createQuery()).find()) {
      defects.add("its view leaves downloads out");
    }
    return defects;
  }

  private List<String> ofContent(Rollup rollup) {
    if (rollup.measure() == Measure.DATE_RANGE) {
      long unknown =
          live.count(
              "%s WHERE min_date = toDate(0) OR max_date = toDate(0)".formatted(rollup.name()));
      return unknown == 0
          ? List.of()
          : List.of("days of %d projects are unknown".formatted(unknown));
    }
    return sum(rollup) < rows
        ? List.of("it tells of %d downloads of %d".formatted(sum(rollup), rows))
        : List.of();
  }

  private boolean isDifferent(Rollup rollup) {
    return different.contains(rollup.name()) || different.contains(rollup.viewName());
  }

  private long sum(Rollup rollup) {
    return Objects.requireNonNullElse(sums.get(rollup.name()), 0L);
  }

  /** Downloads that came meanwhile are no excess. */
  private boolean tellsTooMuch(Rollup rollup) {
    return sum(rollup) > rows && sum(rollup) > countable(rollup);
  }

  /** How many downloads it would tell of if it were built anew. */
  private long countable(Rollup rollup) {
    long now = live.count(schema.downloads().name());
    Table source = rollup.derivedFrom();
    while (source instanceof Rollup finer) {
      LiveObject table = objects.get(finer.name());
      if (table != null && table.keepsApart(finer)) {
        return Math.max(now, sum(finer));
      }
      source = finer.derivedFrom();
    }
    return now;
  }
}
