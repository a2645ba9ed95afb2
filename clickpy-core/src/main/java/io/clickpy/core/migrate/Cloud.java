package io.clickpy.core.migrate;

import io.clickpy.core.DatabaseName;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Table;
import java.util.Map;

/**
 * ClickHouse Cloud: it makes {@code SharedMergeTree} of {@code MergeTree}, and runs what defines
 * tables on every replica.
 */
final class Cloud extends Topology {
  @Override
  String createTable(Table stored, DatabaseName database) {
    return Ddl.createTable(
        stored, onCluster(), stored.engine(), ReplicatedCluster.KEEP_EQUAL_INSERTS);
  }

  @Override
  Map<String, String> journalSettings() {
    return Map.of("select_sequential_consistency", "1");
  }

  @Override
  String kind() {
    return "ClickHouse Cloud";
  }
}
