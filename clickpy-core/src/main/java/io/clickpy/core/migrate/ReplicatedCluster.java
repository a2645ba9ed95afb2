package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.ReferenceTable;
import io.clickpy.core.schema.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Servers that repeat each other's definitions and, as replicas of a shard, each other's rows. */
final class ReplicatedCluster extends Topology {
  /**
   * Replicated engines drop a block of rows that equals an earlier one. Downloads have no time of
   * day: two equal blocks are two lots of downloads.
   */
  static final String KEEP_EQUAL_INSERTS = "replicated_deduplication_window = 0";

  private final String name;

  ReplicatedCluster(String name) {
    this.name = name;
  }

  @Override
  public String onCluster() {
    return " ON CLUSTER '" + name + "'";
  }

  @Override
  Optional<String> shardedOver() {
    return Optional.of(name);
  }

  @Override
  String engineName(Table stored) {
    return "Replicated" + stored.engine();
  }

  @Override
  String createTable(Table stored, DatabaseName database) {
    String place =
        stored instanceof ReferenceTable
            ? onEveryServer(database, stored.name())
            : inEachShard(database, stored.name());
    return Ddl.createTable(stored, onCluster(), engineName(stored) + place, KEEP_EQUAL_INSERTS);
  }

  @Override
  String journalEngine(String table, DatabaseName database) {
    return "ReplicatedMergeTree" + onEveryServer(database, table);
  }

  private static String onEveryServer(DatabaseName database, String table) {
    // Replicas of different shards may have the same name.
    return "('/clickhouse/tables/all/%s/%s', '{shard}_{replica}')".formatted(database, table);
  }

  private static String inEachShard(DatabaseName database, String table) {
    return "('/clickhouse/tables/{shard}/%s/%s', '{replica}')".formatted(database, table);
  }

  @Override
  void awaitJournal(String table, ClickPy clickpy) {
    Command.of("SYSTEM SYNC REPLICA " + table).repeatable().execute(clickpy);
  }

  @Override
  Optional<String> objection(ClickPy clickpy) {
    KnownCluster cluster = KnownCluster.read(clickpy, name);
    if (!cluster.isKnown()) {
      return Optional.of(
          "the server knows no such cluster. Define it in the servers' remote_servers");
    }
    List<String> missing = cluster.lacks("shard", "replica");
    if (!missing.isEmpty()) {
      return Optional.of(
          "the server lacks the macros %s. Define them in each server's macros"
              .formatted(String.join(", ", missing)));
    }
    return cluster.hasReplicas() && !cluster.writesToOneReplica()
        ? Optional.of(
            "its internal_replication is off, so that each replica of a shard would be sent the rows that it also copies. Turn it on in remote_servers")
        : Optional.empty();
  }

  /** What prolongs a lease waits in a queue behind the statement that the lease is for. */
  @Override
  Duration leaseTime() {
    return Duration.ofMinutes(5);
  }

  @Override
  Topology canonical() {
    return new ReplicatedCluster(ClusterName.CANONICAL);
  }

  @Override
  String kind() {
    return "a replicated cluster";
  }

  @Override
  public String toString() {
    return "replicated cluster '" + name + "'";
  }
}
