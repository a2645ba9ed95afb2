package io.clickpy.core.migrate;

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
