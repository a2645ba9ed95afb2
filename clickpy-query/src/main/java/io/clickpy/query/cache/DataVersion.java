package io.clickpy.query.cache;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import io.clickpy.query.internal.LoadedDays;
import java.time.LocalDate;

/**
 * What the tables hold, in a few numbers that are equal as long as nothing has changed.
 *
 * <p>A load reaches one table after the other, so the newest blocks of each table count: else an
 * answer from a table that was still old could be kept for new. A merge leaves them as they are. A
 * table that takes another's place has another UUID. Of distributed tables neither is known; there
 * the newest day and the number of downloads must tell.
 *
 * @param newestDay the newest day loaded
 * @param downloads how many downloads the raw table has
 * @param blocks the newest blocks of all tables, as one number
 * @param tables which tables they are, as one number
 */
record DataVersion(LocalDate newestDay, long downloads, String blocks, String tables) {

  /** Asks for the version; the server answers from what it knows of its parts. */
  static Query<DataVersion> query(PypiSchema schema) {
    LoadedDays loaded = LoadedDays.of(schema);
    return Query.of(
            """
            SELECT
              (SELECT %s FROM %s) AS newest_day,
              (SELECT count() FROM %s) AS downloads,
              (
                SELECT toString(sum(cityHash64(table, partition_id, newest)))
                FROM (
                  SELECT table, partition_id, max(max_block_number) AS newest
                  FROM system.parts
                  WHERE active AND database = currentDatabase() AND table IN {tables:Array(String)}
                  GROUP BY table, partition_id)
              ) AS blocks,
              (
                SELECT toString(sum(cityHash64(name, uuid)))
                FROM system.tables
                WHERE database = currentDatabase() AND name IN {tables:Array(String)}
              ) AS tables"""
                .formatted(loaded.newest(), loaded.table(), schema.downloads().name()),
            row ->
                new DataVersion(
                    row.date("newest_day"),
                    row.longValue("downloads"),
                    row.string("blocks"),
                    row.string("tables")))
        .bind("tables", schema.tables().stream().map(Table::name).toList());
  }

  static DataVersion of(ClickPy clickpy, PypiSchema schema) {
    return query(schema).fetch(clickpy).get(0);
  }
}
