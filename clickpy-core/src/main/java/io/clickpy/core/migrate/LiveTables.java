package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.schema.PypiSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the database's tables are and hold at this moment. */
final class LiveTables {
  /** How the loader's turns begin: each is a load that is being published, or was left so. */
  private static final String TURN = "clickpy_turn_";

  /** Sums of whole tables are no questions of users. */
  static final QueryLimits PATIENT =
      QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofHours(2));

  private final ClickPy clickpy;

  LiveTables(ClickPy clickpy) {
    this.clickpy = clickpy;
  }

  /** Returns the ids of the tables whose names begin so, by name. */
  Map<String, String> idsOf(String beginning) {
    Map<String, String> ids = new TreeMap<>();
    Query.of(
            "SELECT name, toString(uuid) AS id FROM system.tables"
                + " WHERE database = currentDatabase() AND startsWith(name, {beginning:String})",
            row -> Map.entry(row.string("name"), row.string("id")))
        .bind("beginning", beginning)
        .fetch(clickpy)
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
    return ids;
  }

  /** Returns the turns of the loads that are being published into the tables of a schema. */
  List<String> turns(PypiSchema schema) {
    return List.copyOf(idsOf(schema.prefix() + TURN).keySet());
  }

  /** Returns how much the raw table holds, and a number that grows with everything that comes. */
  RawState raw(String table) {
    return Query.of(
            "SELECT (SELECT count() FROM %s) AS rows,".formatted(table)
                + " (SELECT max(max_block_number) FROM system.parts WHERE active"
                + " AND database = currentDatabase() AND table = {table:String}) AS newest",
            row -> new RawState(row.longValue("rows"), row.longValue("newest")))
        .bind("table", table)
        .limits(PATIENT)
        .fetch(clickpy)
        .get(0);
  }

  /** Returns how many downloads a rollup tells of. */
  long sum(String rollup) {
    return number("SELECT sum(count) AS n FROM " + rollup);
  }

  long count(String table) {
    return number("SELECT count() AS n FROM " + table);
  }

  private long number(String sql) {
    return Query.of(sql, row -> row.longValue("n")).limits(PATIENT).fetch(clickpy).get(0);
  }

  /**
   * What the raw table holds.
   *
   * @param rows how many downloads
   * @param newest the number of the newest block
   */
  record RawState(long rows, long newest) {}
}
