package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster as one of its servers knows it.
 *
 * @param shards how many shards it has; 0 if the server does not know it
 * @param replicas how many servers it has
 * @param writesToOneReplica whether a distributed table leaves it to the replicas to copy rows
 * @param macros what the server calls itself
 */
record KnownCluster(int shards, int replicas, boolean writesToOneReplica, List<String> macros) {
  static KnownCluster read(ClickPy clickpy, String name) {
    boolean macro = name.startsWith("{");
    return Query.of(
            "SELECT uniqExact(shard_num) AS shards, count() AS replicas,"
                + " min(internal_replication) = 1 AS internal,"
                + " (SELECT groupArray(macro) FROM system.macros) AS macros"
                + " FROM system.clusters WHERE cluster = "
                + (macro
                    ? "(SELECT any(substitution) FROM system.macros WHERE macro = {name:String})"
                    : "{name:String}"),
            row ->
                new KnownCluster(
                    row.intValue("shards"),
                    row.intValue("replicas"),
                    row.booleanValue("internal"),
                    row.strings("macros")))
        .bind("name", macro ? name.substring(1, name.length() - 1) : name)
        .fetch(clickpy)
        .get(0);
  }

  boolean isKnown() {
    return shards > 0;
  }

  boolean hasReplicas() {
    return replicas > shards;
  }

  /** Returns which macros of these are not defined. */
  List<String> lacks(String... wanted) {
    List<String> missing = new ArrayList<>(List.of(wanted));
    missing.removeAll(macros);
    return missing;
  }
}
