package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;

/**
 * The number of the block in which each row of the raw table has come: whatever comes later has a
 * higher one. Parts that are merged lose it, unless the table is told to keep it; and then each row
 * takes a byte or two more, so it is told so only while somebody needs it.
 */
final class BlockNumbers {
  /** The setting of a table that keeps the numbers. */
  static final String SETTING = "enable_block_number_column";

  /** Whoever has set this one, too, needs the numbers for something else. */
  static final String OFFSETS = "enable_block_offset_column";

  private final ClickPy clickpy;
  private final String table;

  BlockNumbers(ClickPy clickpy, String table) {
    this.clickpy = clickpy;
    this.table = table;
  }

  /** Lets the table keep the numbers from now on. Parts merged before count as one block. */
  void keep() {
    alter("MODIFY SETTING %s = 1".formatted(SETTING));
  }

  /** Lets the table forget the numbers. */
  void forget() {
    boolean neededElsewhere =
        Query.of(
                "SELECT position(engine_full, {setting:String}) > 0 AS found FROM system.tables"
                    + " WHERE database = currentDatabase() AND name = {table:String}",
                row -> row.booleanValue("found"))
            .bind("setting", OFFSETS + " = 1")
            .bind("table", table)
            .fetch(clickpy)
            .get(0);
    if (!neededElsewhere) {
      alter("RESET SETTING " + SETTING);
    }
  }

  private void alter(String change) {
    Command.of("ALTER TABLE %s %s".formatted(table, change)).repeatable().execute(clickpy);
  }

  /** Returns the number of the newest block; 0 if there is none. */
  long newest() {
    return Query.of(
            // A part without rows may vanish, and its number with it.
            "SELECT max(max_block_number) AS newest FROM system.parts WHERE active AND rows > 0"
                + " AND database = currentDatabase() AND table = {table:String}",
            row -> row.longValue("newest"))
        .bind("table", table)
        .fetch(clickpy)
        .get(0);
  }
}
