package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts that the tables of a load are made of, as the server lists them. */
final class Parts {
  private final ClickPy clickpy;
  private final LoadNames names;

  Parts(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.names = names;
  }

  /**
   * Returns what is true before an attempt is moved: a note for each table that has rows, the raw
   * one first, then fine to coarse.
   *
   * @throws LostAttemptException if its private tables are not all there
   */
  List<MoveNote> notes(Attempt attempt) {
    requireTables(attempt);
    Map<String, List<StagedPart>> staged = staged(attempt);
    Map<String, Long> newest = newestBlocks();
    List<MoveNote> notes = new ArrayList<>();
    for (Table live : LoadNames.filled(names.live())) {
      List<StagedPart> parts = staged.get(names.ready(attempt, live.name()));
      if (parts != null) {
        notes.add(new MoveNote(live.name(), newest.getOrDefault(live.name(), 0L), parts));
      }
    }
    return notes;
  }

  /** Somebody may have believed this loader dead, and have swept up after it. */
  private void requireTables(Attempt attempt) {
    List<String> expected =
        LoadNames.filled(names.ready(attempt)).stream().map(Table::name).toList();
    if (!tables(attempt).containsAll(expected)) {
      throw new LostAttemptException(attempt);
    }
  }

  /** Returns the names of the private tables of an attempt that are there. */
  List<String> tables(Attempt attempt) {
    return Query.of(
            "SELECT name FROM system.tables WHERE database = currentDatabase()"
                + " AND startsWith(name, {prefix:String})",
            row -> row.string("name"))
        .bind("prefix", names.ready(attempt).prefix())
        .fetch(clickpy);
  }

  /** Returns the parts with rows in an attempt's private tables, by table, in their order. */
  Map<String, List<StagedPart>> staged(Attempt attempt) {
    Map<String, List<StagedPart>> parts = new LinkedHashMap<>();
    // Where a move has taken rows from, it leaves a part without any.
    Query.of(
            "SELECT table, name, hash_of_all_files AS hash FROM system.parts"
                + " WHERE database = currentDatabase() AND active AND rows > 0"
                + " AND startsWith(table, {prefix:String}) ORDER BY table, min_block_number",
            row ->
                Map.entry(
                    row.string("table"), new StagedPart(row.string("name"), row.string("hash"))))
        .bind("prefix", names.ready(attempt).prefix())
        .fetch(clickpy)
        .forEach(
            part ->
                parts
                    .computeIfAbsent(part.getKey(), table -> new ArrayList<>())
                    .add(part.getValue()));
    return parts;
  }

  /** Returns the number of the newest block of each live table that has one. */
  Map<String, Long> newestBlocks() {
    Map<String, Long> newest = new HashMap<>();
    Query.of(
            "SELECT table, max(max_block_number) AS newest FROM system.parts"
                + " WHERE database = currentDatabase() AND table IN {tables:Array(String)}"
                + " GROUP BY table",
            row -> Map.entry(row.string("table"), row.longValue("newest")))
        .bind("tables", LoadNames.filled(names.live()).stream().map(Table::name).toList())
        .fetch(clickpy)
        .forEach(table -> newest.put(table.getKey(), table.getValue()));
    return newest;
  }

  /**
   * Returns the hashes of what came into a live table behind a block and was not merged with
   * anything else; also if it has been since, as long as the server remembers.
   */
  List<String> hashesBehind(String table, long block) {
    return Query.of(
            "SELECT hash_of_all_files AS hash FROM system.parts"
                + " WHERE database = currentDatabase() AND table = {table:String}"
                + " AND min_block_number > {block:Int64} AND rows > 0",
            row -> row.string("hash"))
        .bind("table", table)
        .bind("block", block)
        .fetch(clickpy);
  }
}
