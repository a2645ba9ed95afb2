package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import java.util.Optional;

/** Servers that know each other only as the shards of {@code Distributed} tables. */
final class PlainShards extends Topology {
  private final String name;

  PlainShards(String name) {
    this.name = name;
  }

  @Override
  Optional<String> shardedOver() {
    return Optional.of(name);
  }

  @Override
  Optional<String> objection(ClickPy clickpy) {
    KnownCluster cluster = KnownCluster.read(clickpy, name);
    if (!cluster.isKnown()) {
      return Optional.of(
          "the server knows no such cluster. Define it in the servers' remote_servers");
    }
    return cluster.hasReplicas()
        ? Optional.of(
            "its shards have replicas, which plain tables do not fill. Use Topology.cluster(…)")
        : Optional.empty();
  }

  @Override
  Topology canonical() {
    return new PlainShards(ClusterName.CANONICAL);
  }

  @Override
  String kind() {
    return "plain shards";
  }

  @Override
  public String toString() {
    return "plain shards of '" + name + "'";
  }
}
