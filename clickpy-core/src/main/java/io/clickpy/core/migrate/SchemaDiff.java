package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.Difference.Kind;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Dictionary;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the live database against the description. */
final class SchemaDiff {
  private final ClickPy clickpy;
  private final PypiSchema schema;
  private final Topology topology;
  private final Map<String, LiveObject> live;
  private final List<Difference> differences = new ArrayList<>();

  private SchemaDiff(ClickPy clickpy, PypiSchema schema, Topology topology) {
    this.clickpy = clickpy;
    this.schema = schema;
    this.topology = topology;
    this.live = LiveObject.read(clickpy);
  }

  static List<Difference> of(ClickPy clickpy, PypiSchema schema, Topology topology) {
    SchemaDiff diff = new SchemaDiff(clickpy, schema, topology);
    schema.tables().stream().map(topology::stored).forEach(diff::compare);
    topology.shardedOver().ifPresent(diff::compareDistributed);
    diff.compareDefinitions();
    diff.findExtra();
    return List.copyOf(diff.differences);
  }

  private void compare(Table table) {
    find(table.name())
        .ifPresent(
            found -> {
              compareColumns(table.name(), table.columns(), found);
              compare(table.name(), Kind.ENGINE, topology.engineName(table), engine(found));
              compare(table.name(), Kind.KEY, String.join(", ", table.sortKey()), found.sortKey());
              compareIndexes(table, found);
            });
  }

  /** Without the word for replication, which a server may choose by itself, unless we choose it. */
  private String engine(LiveObject found) {
    return topology.onCluster().isEmpty()
        ? found.engine().replaceFirst("^(Replicated|Shared)", "")
        : found.engine();
  }

  /** By the text, as views: nothing else says the shards and the key. */
  private void compareDistributed(String cluster) {
    for (Table table : schema.tables()) {
      if (!topology.stored(table).equals(table)) {
        String ours = Ddl.createDistributed(table, "", cluster, clickpy.database());
        find(table.name()).ifPresent(found -> compareDefinition(found, ours));
      }
    }
  }

  private void compareColumns(String object, List<Column> expected, LiveObject found) {
    for (Column column : expected) {
      String type = found.columns().get(column.name());
      if (type == null) {
        add(object, Kind.COLUMN, column.name() + " " + column.type(), "");
      } else {
        compare(object, Kind.TYPE, column.name() + " " + column.type(), column.name() + " " + type);
      }
    }
    Set<String> names = expected.stream().map(Column::name).collect(Collectors.toSet());
    found
        .columns()
        .forEach(
            (name, type) -> {
              if (!names.contains(name)) {
                add(object, Kind.COLUMN, "", name + " " + type);
              }
            });
  }

  private void compareIndexes(Table table, LiveObject found) {
    String expected =
        table.skipIndexes().stream()
            .map(index -> index.name() + " " + index.expression())
            .sorted()
            .collect(Collectors.joining(", "));
    String actual = found.indexes().stream().sorted().collect(Collectors.joining(", "));
    compare(table.name(), Kind.INDEX, expected, actual);
  }

  /** Views and dictionaries: by the text that the server would make of ours. */
  private void compareDefinitions() {
    for (Rollup rollup : schema.rollups()) {
      String ours =
          Ddl.createView(rollup, "", topology.stored(rollup), topology.stored(schema.downloads()));
      find(rollup.viewName()).ifPresent(found -> compareDefinition(found, ours));
    }
    for (Dictionary dictionary : schema.dictionaries()) {
      find(dictionary.name())
          .ifPresent(
              found ->
                  compareDefinition(found, Ddl.createDictionary(dictionary, clickpy.database())));
    }
  }

  private void compareDefinition(LiveObject found, String ours) {
    compare(found.name(), Kind.DEFINITION, formatted(ours), comparable(found.createQuery()));
  }

  private String formatted(String sql) {
    return Query.of("SELECT formatQuerySingleLine({sql:String}) AS sql", row -> row.string("sql"))
        .bind("sql", sql.replace("IF NOT EXISTS ", ""))
        .fetch(clickpy)
        .get(0);
  }

  /** Takes out what the server adds: database names, who defined a view, who reads a dictionary. */
  private String comparable(String createQuery) {
    String database = clickpy.database() + ".";
    boolean dictionary = createQuery.startsWith("CREATE DICTIONARY");
    return dictionary
        ? createQuery
            .replaceFirst(" " + database, " ")
            .replaceFirst(" USER '[^']*' PASSWORD '\\[HIDDEN\\]'", "")
        : createQuery
            .replace(" " + database, " ")
            .replaceFirst(" DEFINER = \\S+( SQL SECURITY \\w+)?", "");
  }

  private void findExtra() {
    Set<String> prefixes = prefixes();
    Set<String> known = new HashSet<>();
    prefixes.forEach(prefix -> known.addAll(names(schemaOf(prefix), topology)));
    live.keySet().stream()
        .filter(name -> name.startsWith(schema.prefix()) && !known.contains(name))
        .filter(name -> prefixes.stream().noneMatch(p -> name.startsWith(p + Journal.NAME)))
        .forEach(name -> add(name, Kind.EXTRA, "", name));
  }

  /** Ours, and those of the other schemas in this database: each has a journal. */
  private Set<String> prefixes() {
    Set<String> prefixes = new HashSet<>(Set.of(schema.prefix()));
    live.keySet().stream()
        .filter(name -> name.endsWith(Journal.NAME))
        .map(name -> name.substring(0, name.length() - Journal.NAME.length()))
        .forEach(prefixes::add);
    return prefixes;
  }

  private static PypiSchema schemaOf(String prefix) {
    return prefix.isEmpty() ? PypiSchema.ofDefaults() : PypiSchema.withPrefix(prefix);
  }

  private static Set<String> names(PypiSchema schema, Topology topology) {
    Set<String> names = new HashSet<>(schema.names());
    schema.tables().forEach(table -> names.add(topology.stored(table).name()));
    return names;
  }

  private Optional<LiveObject> find(String name) {
    LiveObject found = live.get(name);
    if (found == null) {
      add(name, Kind.MISSING, name, "");
    }
    return Optional.ofNullable(found);
  }

  private void compare(String object, Kind kind, String expected, String actual) {
    if (!expected.equals(actual)) {
      add(object, kind, expected, actual);
    }
  }

  private void add(String object, Kind kind, String expected, String actual) {
    differences.add(new Difference(object, kind, expected, actual));
  }

  /** Returns which of the described names exist already; the journal's own among them. */
  static Set<String> existing(
      ClickPy clickpy, PypiSchema schema, Topology topology, String journal) {
    List<String> names =
        Stream.concat(names(schema, topology).stream(), Stream.of(journal)).toList();
    return Set.copyOf(
        Query.of(
                "SELECT name FROM system.tables"
                    + " WHERE database = {database:String} AND name IN {names:Array(String)}",
                row -> row.string("name"))
            .bind("database", clickpy.database().value())
            .bind("names", names)
            .fetch(clickpy));
  }
}
