package io.clickpy.core.migrate;

import com.google.errorprone.annotations.Immutable;
import io.clickpy.core.ClickPy;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the schema lies on servers: on one, on ClickHouse Cloud, or in shards on many.
 *
 * <p>On shards, the rows of {@code pypi} and of each rollup are in local tables, {@code pypi_local}
 * and so on; the names that programs use are {@code Distributed} tables over those of all shards.
 * All downloads of a project are on one shard, so that its rollups are whole there. Each server has
 * all of {@code projects} and {@code countries}, and its own dictionaries.
 *
 * <p>A database keeps the topology that it was migrated with first. Immutable and thread-safe.
 */
@Immutable
public abstract sealed class Topology permits OneServer, Cloud, ReplicatedCluster, PlainShards {
  Topology() {}

  /** Returns one server, which is the default. */
  public static Topology singleServer() {
    return new OneServer();
  }

  /**
   * Returns ClickHouse Cloud. Its server chooses the engines and repeats every statement on its
   * replicas by itself.
   */
  public static Topology cloud() {
    return new Cloud();
  }

  /**
   * Returns a cluster with a Keeper, whose servers define the macros {@code {shard}} and {@code
   * {replica}}: statements run {@code ON CLUSTER}, and engines are {@code Replicated…}. One call of
   * {@link SchemaMigrator#migrate()} on any one of the servers migrates all.
   *
   * @param name the cluster, as the servers' {@code remote_servers} call it, or a macro as {@code
   *     {cluster}}
   * @throws IllegalArgumentException if it cannot be such a name
   */
  public static Topology cluster(String name) {
    return new ReplicatedCluster(ClusterName.check(name));
  }

  /**
   * Returns a cluster without a Keeper, each shard of which is one server with plain engines.
   * {@link SchemaMigrator#migrate()} migrates the one server that it is connected to: call it for
   * each. The database has the same name on all.
   *
   * @param name as for {@link #cluster(String)}
   * @throws IllegalArgumentException if it cannot be such a name
   */
  public static Topology shards(String name) {
    return new PlainShards(ClusterName.check(name));
  }

  /**
   * Returns the clause that makes a statement run on all servers, to stand behind the name of what
   * the statement is about: as {@code " ON CLUSTER 'main'"}, or empty where there is no need or no
   * way.
   */
  public String onCluster() {
    return "";
  }

  /** Returns whether the rows are in local tables of several servers. */
  public boolean isSharded() {
    return shardedOver().isPresent();
  }

  /** Returns the cluster over whose shards the rows are distributed, if they are. */
  Optional<String> shardedOver() {
    return Optional.empty();
  }

  /** Returns the table that holds the rows of the one that programs name. */
  Table stored(Table table) {
    return isSharded() ? table.local() : table;
  }

  /** Returns the name of a stored table's engine. */
  String engineName(Table stored) {
    return stored.engine();
  }

  /** Returns what creates a table that holds rows. */
  String createTable(Table stored, DatabaseName database) {
    return Ddl.createTable(stored, onCluster(), stored.engine());
  }

  /** Returns the engine of the journal. */
  String journalEngine(String table, DatabaseName database) {
    return "MergeTree";
  }

  /** Makes sure that the journal says all that was noted on other servers. */
  void awaitJournal(String table, ClickPy clickpy) {}

  /** Returns what a query needs to read all that was noted on other servers. */
  Map<String, String> journalSettings() {
    return Map.of();
  }

  /** Returns whether all inserts can be made to wait for a moment, while rollups are filled. */
  boolean canHoldUpWriters() {
    return false;
  }

  /** Returns how long a lease lasts that is not prolonged. */
  Duration leaseTime() {
    return Duration.ofSeconds(30);
  }

  /** Returns what the servers lack to be this, with the way out; empty if they lack nothing. */
  Optional<String> objection(ClickPy clickpy) {
    return Optional.empty();
  }

  /** Returns the one that checksums are computed for, so that they do not depend on names. */
  Topology canonical() {
    return this;
  }

  /** Returns each kind of topology. */
  static List<Topology> kinds() {
    return List.of(
        singleServer(), cloud(), cluster(ClusterName.CANONICAL), shards(ClusterName.CANONICAL));
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Topology && toString().equals(other.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  /** Returns what it is, without a name. */
  abstract String kind();

  /** Returns what it is, for people. */
  @Override
  public String toString() {
    return kind();
  }
}
