package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.internal.publication.LoadNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables that a load fills, as the server has them.
 *
 * @param engines the engine of each, with its sort key and settings, by name
 * @param insertThreads how many threads an insert is to use
 */
record LiveTables(Map<String, String> engines, long insertThreads) {
  /** More would cost the server memory and its tables small parts. */
  private static final long MAX_INSERT_THREADS = 8;

  /**
   * A part of a private table keeps its name, and nobody's time goes into merging it. It brings no
   * numbers of blocks along, which would mean others in the live table.
   */
  private static final List<String> PRIVATE_SETTINGS =
      List.of(
          "max_bytes_to_merge_at_max_space_in_pool = 1",
          "%s = 0".formatted(BlockNumbers.SETTING),
          "%s = 0".formatted(BlockNumbers.OFFSETS));

  LiveTables {
    engines = Map.copyOf(engines);
  }

  /**
   * Looks at the tables.
   *
   * @throws ClickPyException if one is missing
   */
  static LiveTables of(ClickPy clickpy, LoadNames names) {
    Map<String, String> engines = new HashMap<>();
    Query.of(
            "SELECT name, engine_full FROM system.tables WHERE database = currentDatabase()",
            row -> Map.entry(row.string("name"), row.string("engine_full")))
        .fetch(clickpy)
        .forEach(table -> engines.put(table.getKey(), table.getValue()));
    List<String> missing =
        LoadNames.filled(names.live()).stream()
            .map(Table::name)
            .filter(name -> !engines.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.NOT_FOUND,
          "Cannot load into database %s (it has no %s). Migrate it: SchemaMigrator.of(clickpy).migrate()."
              .formatted(clickpy.database(), String.join(", ", missing)));
    }
    long cores =
        Query.of("SELECT toUInt64(getSetting('max_threads')) AS n", row -> row.longValue("n"))
            .fetch(clickpy)
            .get(0);
    return new LiveTables(engines, Math.min(cores, MAX_INSERT_THREADS));
  }

  /** Returns the engine of a private copy of a table. */
  String privateEngine(String liveName) {
    // Equal rows of two files are not one another's repetition.
    String engine =
        engines
            .getOrDefault(liveName, "")
            .replaceAll("(deduplication_window = )\\d+", "$10")
            .replaceAll(", enable_block_(number|offset)_column = \\d+", "");
    return engine
        + (engine.contains(" SETTINGS ") ? ", " : " SETTINGS ")
        + String.join(", ", PRIVATE_SETTINGS);
  }
}
