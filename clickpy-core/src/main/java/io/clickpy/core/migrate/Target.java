package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Dictionary;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What migrations are rendered for.
 *
 * @param schema the names
 * @param topology how they lie on servers
 * @param database where they live
 * @param reader who fills the dictionaries
 */
record Target(PypiSchema schema, Topology topology, DatabaseName database, Credentials reader) {
  /** The one that checksums are computed for, so that they do not depend on names. */
  static final Target CANONICAL = canonical(Topology.singleServer());

  static Target canonical(Topology topology) {
    return new Target(
        PypiSchema.ofDefaults(),
        topology.canonical(),
        DatabaseName.of("pypi"),
        Credentials.ofDefaults());
  }

  /** Creates the table that holds the rows. */
  Step create(Table table) {
    return Step.of(topology.createTable(topology.stored(table), database));
  }

  Step createView(Rollup rollup) {
    return Step.of(
        Ddl.createView(
            rollup,
            topology.onCluster(),
            topology.stored(rollup),
            topology.stored(schema.downloads())));
  }

  /**
   * Creates the tables that are spread over shards, if there are shards, under the names that
   * programs use. To come behind the views, so that no row arrives before them.
   */
  Stream<Step> distribute(List<? extends Table> tables) {
    return topology
        .shardedOver()
        .map(cluster -> tables.stream().map(table -> distribute(table, cluster)))
        .orElse(Stream.empty());
  }

  private Step distribute(Table table, String cluster) {
    return Step.of(Ddl.createDistributed(table, topology.onCluster(), cluster, database));
  }

  /**
   * Adds a rollup with everything that has been downloaded before, while rows keep arriving; all
   * that a migration which adds one has to do.
   */
  Step add(Rollup rollup) {
    Table source = topology.stored(rollup.derivedFrom());
    Rollup stored = (Rollup) topology.stored(rollup);
    String sql =
        Stream.concat(
                define(rollup).map(Step::sql),
                Stream.of("INSERT INTO %s %s".formatted(stored.name(), rollup.selectFrom(source))))
            .collect(Collectors.joining(";\n"));
    return Step.of(sql).filling(rollup).warning(warning(rollup, source));
  }

  private String warning(Rollup rollup, Table source) {
    return topology.canHoldUpWriters()
        ? "Reads all of %s, piece by piece, and twice holds up inserts into %s for a moment. No load may be published by a program that does not know %s, now or later."
            .formatted(source.name(), schema.downloads().name(), rollup.name())
        : "Runs by itself only while %s is empty. Else stop all writers and run these statements, the INSERT on one server of each shard, before migrate()."
            .formatted(schema.downloads().name());
  }

  /** Creates a rollup that counts from then on. */
  Stream<Step> define(Rollup rollup) {
    return Stream.concat(
        Stream.of(create(rollup), createView(rollup)), distribute(List.of(rollup)));
  }

  Step create(Dictionary dictionary) {
    String where = topology.onCluster();
    return Step.of(
        Ddl.createDictionary(dictionary, where, database, Credentials.ofDefaults()),
        Command.of(Ddl.createDictionary(dictionary, where, database, reader)));
  }
}
