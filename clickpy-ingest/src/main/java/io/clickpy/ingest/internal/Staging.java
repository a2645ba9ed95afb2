package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.OutcomeUnknownException;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.RejectReason;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.internal.transfer.DownloadFile;
import io.clickpy.ingest.internal.transfer.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The private tables of one attempt: nothing reads them, no view watches them. */
final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

  /** More would cost the server memory and its tables small parts. */
  private static final long MAX_INSERT_THREADS = 8;

  private final ClickPy clickpy;
  private final PypiSchema tables;
  private final String insertThreads;

  private Staging(ClickPy clickpy, PypiSchema tables, String insertThreads) {
    this.clickpy = clickpy;
    this.tables = tables;
    this.insertThreads = insertThreads;
  }

  /** Returns the tables of an attempt, whether they are there or not. */
  static Staging of(ClickPy clickpy, Attempt attempt) {
    long cores =
        Query.of("SELECT toUInt64(getSetting('max_threads')) AS n", row -> row.longValue("n"))
            .fetch(clickpy)
            .get(0);
    return new Staging(
        clickpy, attempt.tables(), Long.toString(Math.min(cores, MAX_INSERT_THREADS)));
  }

  /** Creates the raw table of an attempt, as the live one is. */
  static Staging create(ClickPy clickpy, Attempt attempt) {
    Staging staging = of(clickpy, attempt);
    try {
      staging.createRaw();
    } catch (RuntimeException e) {
      staging.discardAfter(e);
      throw e;
    }
    return staging;
  }

  private void createRaw() {
    create(tables.downloads(), PypiSchema.ofDefaults().downloads());
  }

  private void create(Table staged, Table live) {
    Command.of("CREATE TABLE %s AS %s".formatted(staged.name(), live.name())).execute(clickpy);
  }

  /** Brings the rows of a file into the raw table. */
  void insert(DownloadFile file, StagingMode mode, DoubleConsumer progress) {
    file.insertInto(new Target(clickpy, tables.downloads().name(), insertThreads), mode, progress);
  }

  /** Takes out the rows that are no downloads, and counts them. */
  Map<RejectReason, Long> takeOutRejected() {
    DownloadsTable raw = tables.downloads();
    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    Query.of(
            "SELECT version, count() AS n FROM %s WHERE project = '' GROUP BY version"
                .formatted(raw.name()),
            row -> Map.entry(RejectReason.valueOf(row.string("version")), row.longValue("n")))
        .fetch(clickpy)
        .forEach(entry -> rejected.put(entry.getKey(), entry.getValue()));
    if (!rejected.isEmpty()) {
      Command.of("ALTER TABLE %s DELETE WHERE project = ''".formatted(raw.name()))
          .setting("mutations_sync", "2")
          .repeatable()
          .execute(clickpy);
    }
    return rejected;
  }

  /** Creates and fills a rollup from the table it is derived from, which is filled already. */
  void derive(Rollup rollup) {
    create(rollup, live(rollup));
    String columns = rollup.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    Command.of(
            "INSERT INTO %s (%s) %s"
                .formatted(rollup.name(), columns, rollup.selectFrom(rollup.derivedFrom())))
        .setting("max_insert_threads", insertThreads)
        // The rows are unique already: they need no merging on their way in.
        .setting("optimize_on_insert", "0")
        .execute(clickpy);
  }

  /** Returns the rollups, fine to coarse; those of a level need only the levels before. */
  List<List<Rollup>> levels() {
    Map<Integer, List<Rollup>> levels =
        tables.rollups().stream()
            .collect(Collectors.groupingBy(Staging::level, TreeMap::new, Collectors.toList()));
    return List.copyOf(levels.values());
  }

  private static int level(Rollup rollup) {
    return rollup.derivedFrom() instanceof Rollup finer ? level(finer) + 1 : 0;
  }

  private Rollup live(Rollup staged) {
    return PypiSchema.ofDefaults().rollup(staged.name().substring(tables.prefix().length()));
  }

  /**
   * Checks that every table tells of so many downloads.
   *
   * @throws ClickPyException if one does not
   */
  void verify(long rows) {
    String raw = "SELECT '%1$s' AS name, toInt64(count()) AS n FROM %1$s";
    String rollup = "SELECT '%1$s' AS name, sum(count) AS n FROM %1$s";
    String sums =
        Stream.concat(
                Stream.of(raw.formatted(tables.downloads().name())),
                tables.rollups().stream()
                    .filter(table -> table.measure() == Measure.COUNT)
                    .map(table -> rollup.formatted(table.name())))
            .collect(Collectors.joining(" UNION ALL "));
    Query.of(sums, row -> Map.entry(row.string("name"), row.longValue("n")))
        .fetch(clickpy)
        .forEach(sum -> requireRows(sum.getKey(), sum.getValue(), rows));
  }

  private static void requireRows(String table, long found, long rows) {
    if (found != rows) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Its footer promises %s downloads, the server found %s (in %s). Export it again."
              .formatted(rows, found, table));
    }
  }

  /** Drops the tables; what goes wrong only leaves them to be swept later. */
  void discardAfter(RuntimeException failure) {
    // An interrupt stops the load, but not its tidying up.
    boolean interrupted = Thread.interrupted();
    try {
      if (failure instanceof OutcomeUnknownException unknown) {
        unknown.queryId().ifPresent(clickpy::settle);
      }
      drop(clickpy, tables);
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot drop the staging tables {}*", tables.prefix(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Drops an attempt's tables; what goes wrong only leaves them to be swept later. */
  static void discard(ClickPy clickpy, Attempt attempt) {
    try {
      drop(clickpy, attempt.tables());
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot drop the staging tables {}*", attempt.tables().prefix(), e);
    }
  }

  private static void drop(ClickPy clickpy, PypiSchema tables) {
    List<String> names = tables.tables().stream().map(Table::name).toList();
    Command.of("DROP TABLE IF EXISTS %s SYNC".formatted(String.join(", ", names)))
        .repeatable()
        .execute(clickpy);
  }

  /** Returns the names of an attempt's tables that are there. */
  static Set<String> existing(ClickPy clickpy, Attempt attempt) {
    return Set.copyOf(
        Query.of(
                "SELECT name FROM system.tables WHERE database = currentDatabase()"
                    + " AND startsWith(name, {prefix:String})",
                row -> row.string("name"))
            .bind("prefix", attempt.tables().prefix())
            .fetch(clickpy));
  }

  /** Returns each staging table with the live table that it becomes a part of; raw first. */
  static List<Pair> pairs(Attempt attempt) {
    PypiSchema live = PypiSchema.ofDefaults();
    PypiSchema staged = attempt.tables();
    List<Pair> pairs = new ArrayList<>();
    pairs.add(new Pair(staged.downloads(), live.downloads()));
    for (int i = 0; i < staged.rollups().size(); i++) {
      pairs.add(new Pair(staged.rollups().get(i), live.rollups().get(i)));
    }
    return pairs;
  }

  /**
   * A table of an attempt and its model.
   *
   * @param staged the private one
   * @param live the public one
   */
  record Pair(Table staged, Table live) {}
}
