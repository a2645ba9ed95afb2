package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells by sums whether the parts of a private table are in the live one.
 *
 * <p>Two live tables that tell of the same downloads have the same sums when everything has been
 * moved into both. Of some hundred keys that a single part holds, the sum in the doubtful table is
 * compared with that in a table of which the fate is known, as it will be: it may be equal, or
 * differ by what the part holds. Keys of which neither is true, because somebody writes to them,
 * say nothing; the others must agree. The two private tables need not have the same sums: where
 * downloads are replaced, the raw one has the new, and a rollup has the difference to the old.
 */
final class SumComparison {
  private static final int KEYS_OF_A_PART = 300;

  private final ClickPy clickpy;
  private final LoadNames names;

  SumComparison(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.names = names;
  }

  /**
   * Returns what has become of the parts of a table, by their names; those that the sums say
   * nothing about are absent.
   *
   * @param doubtful the live table
   * @param reference another live table; one of the two is derived from the other
   * @param fate what has become of the reference's own parts
   */
  Map<String, Fate> fates(Attempt attempt, Table doubtful, Table reference, Fate fate) {
    Rollup coarse = (Rollup) (isFiner(doubtful, reference) ? reference : doubtful);
    String keys = keys(coarse, Dimension::column);
    String staged =
        "SELECT %s, part, n AS staged FROM (SELECT %s, any(_part) AS part, uniqExact(_part) AS parts, %s AS n FROM %s GROUP BY %s) WHERE parts = 1 AND n != 0 ORDER BY cityHash64(%s) LIMIT %s BY part"
            .formatted(
                keys,
                selectedKeys(coarse, doubtful),
                measure(doubtful),
                names.ready(attempt, doubtful.name()),
                keys,
                keys,
                KEYS_OF_A_PART);
    String sql =
        "WITH staged AS (%1$s) SELECT part, countIf(more = 0) AS waiting, countIf(more = staged) AS moved FROM (SELECT part, staged, here.n + staged - there.n - coming.n AS more FROM staged LEFT JOIN (%2$s) AS here USING (%5$s) LEFT JOIN (%3$s) AS there USING (%5$s) LEFT JOIN (%4$s) AS coming USING (%5$s)) GROUP BY part"
            .formatted(
                staged,
                sums(coarse, doubtful, doubtful.name()),
                sums(coarse, reference, reference.name()),
                coming(attempt, coarse, reference, fate),
                keys);
    Map<String, Fate> fates = new HashMap<>();
    Query.of(
            sql,
            row ->
                Map.entry(
                    row.string("part"), fate(row.longValue("moved"), row.longValue("waiting"))))
        .setting("join_use_nulls", "0")
        .fetch(clickpy)
        .forEach(part -> fates.put(part.getKey(), part.getValue()));
    return fates;
  }

  private static Fate fate(long moved, long waiting) {
    if (moved > 0 && waiting == 0) {
      return Fate.MOVED;
    }
    return waiting > 0 && moved == 0 ? Fate.WAITING : Fate.UNKNOWN;
  }

  private static boolean isFiner(Table table, Table than) {
    return than instanceof Rollup rollup && rollup.derivedFrom().name().equals(table.name());
  }

  /** Returns what is still to come into the reference, by key. */
  private String coming(Attempt attempt, Rollup coarse, Table reference, Fate fate) {
    return fate == Fate.MOVED
        ? "SELECT %s, toInt64(0) AS n FROM staged".formatted(keys(coarse, Dimension::column))
        : sums(coarse, reference, names.ready(attempt, reference.name()));
  }

  private static String sums(Rollup coarse, Table source, String table) {
    return "SELECT %s, %s AS n FROM %s WHERE (%s) IN (SELECT %s FROM staged) GROUP BY %s"
        .formatted(
            selectedKeys(coarse, source),
            measure(source),
            table,
            keys(coarse, dimension -> expression(dimension, source)),
            keys(coarse, Dimension::column),
            keys(coarse, Dimension::column));
  }

  private static String measure(Table source) {
    return source instanceof DownloadsTable ? "toInt64(count())" : "sum(count)";
  }

  private static String selectedKeys(Rollup coarse, Table source) {
    return keys(coarse, dimension -> expression(dimension, source) + " AS " + dimension.column());
  }

  private static String keys(Rollup coarse, Function<Dimension, String> text) {
    return coarse.dimensions().stream().map(text).collect(Collectors.joining(", "));
  }

  private static String expression(Dimension dimension, Table source) {
    return source.hasColumn(dimension.column()) ? dimension.column() : dimension.expression();
  }
}
