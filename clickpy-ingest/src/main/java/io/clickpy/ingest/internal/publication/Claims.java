package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code clickpy_claims}: who works on which file, so that loaders share the work.
 *
 * <p>Of the loaders alive that want a file, the one that said so first has it. Nothing depends on
 * it being right: two loaders that stage the same file waste the work of one, because only one can
 * publish it.
 */
public final class Claims {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS %s (
        unit String COMMENT 'id of the file with this content',
        loader String COMMENT 'id of the loader that wants it',
        at DateTime64(6, 'UTC') COMMENT 'since when',
        released UInt8 COMMENT '1 if it has given it up'
      ) ENGINE = MergeTree ORDER BY (unit, loader)
      TTL toDateTime(at) + INTERVAL 7 DAY\
      """;

  private final ClickPy clickpy;
  private final String table;
  private final Loaders loaders;
  private final String loader;

  /** The claims that a loader sees and makes. */
  public Claims(ClickPy clickpy, LoadNames names, Loaders loaders, String loader) {
    this.clickpy = clickpy;
    this.table = names.claims();
    this.loaders = loaders;
    this.loader = loader;
  }

  /** Creates the table if it is not there. */
  public void create() {
    Command.of(CREATE.formatted(table)).repeatable().execute(clickpy);
  }

  /** Says that this loader wants units. */
  public void claim(Collection<LoadUnit> units) {
    write(units, 0);
  }

  /** Says that this loader wants units no longer. */
  public void release(Collection<LoadUnit> units) {
    write(units, 1);
  }

  private void write(Collection<LoadUnit> units, int released) {
    Command.of(
            "INSERT INTO %s SELECT arrayJoin({units:Array(String)}), {loader:String}, now64(6),"
                    .formatted(table)
                + " {released:UInt8}")
        .bind("units", ids(units))
        .bind("loader", loader)
        .bind("released", released)
        .repeatable()
        .execute(clickpy);
  }

  /** Returns who has which unit, by the unit's id; a unit that nobody alive wants is not there. */
  public Map<String, String> holders(Collection<LoadUnit> units) {
    Map<String, String> holders = new HashMap<>();
    Query.of(
            "SELECT unit, argMin(loader, (since, loader)) AS holder FROM ("
                + ("SELECT unit, loader, min(at) AS since FROM %s"
                        + " WHERE unit IN {units:Array(String)} GROUP BY unit, loader"
                        + " HAVING max(released) = 0")
                    .formatted(table)
                + ") WHERE loader IN {alive:Array(String)} GROUP BY unit",
            row -> Map.entry(row.string("unit"), row.string("holder")))
        .bind("units", ids(units))
        .bind("alive", loaders.alive())
        .fetch(clickpy)
        .forEach(entry -> holders.put(entry.getKey(), entry.getValue()));
    return holders;
  }

  private static List<String> ids(Collection<LoadUnit> units) {
    return units.stream().map(LoadUnit::id).toList();
  }
}
