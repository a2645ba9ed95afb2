package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.transfer.DownloadFile;
import io.clickpy.ingest.internal.transfer.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The private tables of one attempt: nothing reads them, no view watches them. */
final class Staging {
  /** A file with fewer rows is better in one part than quick. */
  private static final long ROWS_OF_A_THREAD = 500_000;

  private final ClickPy clickpy;
  private final LoadNames names;
  private final LiveTables live;
  private final PypiSchema staged;
  private final PypiSchema ready;

  /** The parts of the files that are in the raw table as a whole. */
  private final Set<String> whole = new HashSet<>();

  /** The tables of an attempt, of which none is there yet. */
  Staging(ClickPy clickpy, LoadNames names, LiveTables live, Attempt attempt) {
    this.clickpy = clickpy;
    this.names = names;
    this.live = live;
    this.staged = names.staged(attempt);
    this.ready = names.ready(attempt);
  }

  /** Creates the raw table, as the live one is. */
  void createRaw() {
    create(staged.downloads());
  }

  /** Returns the raw table's name, as long as it is not sealed. */
  String rawName() {
    return staged.downloads().name();
  }

  private void create(Table table) {
    String name = names.live().prefix() + table.name().substring(staged.prefix().length());
    Command.of(
            "CREATE TABLE %s AS %s ENGINE = %s"
                .formatted(table.name(), name, live.privateEngine(name)))
        .execute(clickpy);
  }

  /**
   * Brings the rows of a file into the raw table, and makes sure that all are there. An interrupt
   * stops it.
   *
   * @param retries how often it is tried
   * @param progress hears how much is done, from 0 to 1
   * @return the parts of the table that hold them
   * @throws ClickPyException if it fails; then {@link #takeBack()} what it may have left
   */
  Set<String> insert(
      DownloadFile file, StagingMode mode, Retries retries, DoubleConsumer progress) {
    return retries.run(
        () -> {
          Failures.requireNotInterrupted();
          return insert(
              file,
              mode,
              fraction -> {
                Failures.requireNotInterrupted();
                progress.accept(fraction);
              });
        },
        this::takeBack);
  }

  private Set<String> insert(DownloadFile file, StagingMode mode, DoubleConsumer progress) {
    long threads = Math.min(live.insertThreads(), 1 + file.rows() / ROWS_OF_A_THREAD);
    String table = staged.downloads().name();
    file.insertInto(new Target(clickpy, table, Long.toString(threads)), mode, progress);
    Map<String, Long> parts = newParts();
    long rows = parts.values().stream().mapToLong(Long::longValue).sum();
    if (rows != file.rows()) {
      throw new WrongCountException(file.rows(), rows, table);
    }
    whole.addAll(parts.keySet());
    return parts.keySet();
  }

  /** Takes out again what an insert has left that has failed. */
  void takeBack() {
    settle();
    String drops =
        newParts().keySet().stream()
            .map("DROP PART '%s'"::formatted)
            .collect(Collectors.joining(", "));
    if (!drops.isEmpty()) {
      Command.of("ALTER TABLE %s %s".formatted(staged.downloads().name(), drops)).execute(clickpy);
    }
  }

  /** Returns the rows of each part of the raw table that is not of a file inserted before. */
  private Map<String, Long> newParts() {
    Map<String, Long> parts = new HashMap<>();
    Query.of(
            "SELECT name, rows FROM system.parts WHERE database = currentDatabase()"
                + " AND table = {table:String} AND active AND rows > 0",
            row -> Map.entry(row.string("name"), row.longValue("rows")))
        .bind("table", staged.downloads().name())
        .fetch(clickpy)
        .forEach(part -> parts.put(part.getKey(), part.getValue()));
    parts.keySet().removeAll(whole);
    return parts;
  }

  /**
   * Counts the rows of each part by day, and takes out those that are no downloads. Of most rows
   * nothing is read but the day.
   */
  Sifted sift() {
    String raw = staged.downloads().name();
    Sifted sifted =
        Sifted.of(
            Query.of(
                    ("SELECT _part AS part, date AS day, '' AS reason, count() AS n FROM %1$s"
                            + " GROUP BY part, day UNION ALL"
                            + " SELECT _part AS part, date AS day, version AS reason, count() AS n"
                            + " FROM %1$s WHERE project = '' GROUP BY part, day, reason")
                        .formatted(raw),
                    row ->
                        new Sifted.Rows(
                            row.string("part"),
                            row.date("day"),
                            row.string("reason"),
                            row.longValue("n")))
                .fetch(clickpy));
    if (sifted.hasRejected()) {
      Command.of("ALTER TABLE %s DELETE WHERE project = ''".formatted(raw))
          .setting("mutations_sync", "2")
          .repeatable()
          .execute(clickpy);
    }
    return sifted;
  }

  /** Creates and fills a rollup from the table it is derived from, which is filled already. */
  void derive(Rollup rollup) {
    derive(rollup, rollup.selectFrom(rollup.derivedFrom()));
  }

  /**
   * Creates and fills a rollup.
   *
   * @param select its columns, in order; no key twice
   */
  void derive(Rollup rollup, String select) {
    create(rollup);
    String columns = rollup.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    Command.of("INSERT INTO %s (%s) %s".formatted(rollup.name(), columns, select))
        .setting("max_insert_threads", Long.toString(live.insertThreads()))
        // The rows are unique already: they need no merging on their way in.
        .setting("optimize_on_insert", "0")
        .execute(clickpy);
  }

  /** Returns the rollups, fine to coarse; those of a level need only the levels before. */
  List<List<Rollup>> levels() {
    Map<Integer, List<Rollup>> levels =
        staged.rollups().stream()
            .collect(Collectors.groupingBy(Staging::level, TreeMap::new, Collectors.toList()));
    return List.copyOf(levels.values());
  }

  private static int level(Rollup rollup) {
    return rollup.derivedFrom() instanceof Rollup finer ? level(finer) + 1 : 0;
  }

  /**
   * Gives the tables another name, and waits for what still knows them by the old one: a statement
   * that the network has delayed or doubled cannot write to them any more.
   */
  void seal() {
    List<Table> from = LoadNames.filled(staged);
    List<Table> to = LoadNames.filled(ready);
    Command.of(
            IntStream.range(0, from.size())
                .mapToObj(i -> "%s TO %s".formatted(from.get(i).name(), to.get(i).name()))
                .collect(Collectors.joining(", ", "RENAME TABLE ", "")))
        .execute(clickpy);
    settle();
  }

  /** Stops, and waits for, every statement that still runs on the tables that are not sealed. */
  void settle() {
    Query.of(
            "SELECT query_id FROM system.processes WHERE position(query, {prefix:String}) > 0",
            row -> row.string("query_id"))
        .bind("prefix", staged.prefix())
        .fetch(clickpy)
        .forEach(clickpy::settle);
  }

  /**
   * Checks that every sealed table tells of so many downloads.
   *
   * @throws WrongCountException if one does not
   */
  void verify(long rows) {
    verify(rows, rows);
  }

  /**
   * Checks that the sealed raw table has so many downloads, and that every sealed rollup adds up to
   * another number.
   *
   * @throws WrongCountException if one does not
   */
  void verify(long rows, long sum) {
    String raw = "SELECT '%1$s' AS name, toInt64(count()) AS n FROM %1$s";
    String rollup = "SELECT '%1$s' AS name, sum(count) AS n FROM %1$s";
    String sums =
        Stream.concat(
                Stream.of(raw.formatted(ready.downloads().name())),
                ready.rollups().stream()
                    .filter(table -> table.measure() == Measure.COUNT)
                    .map(table -> rollup.formatted(table.name())))
            .collect(Collectors.joining(" UNION ALL "));
    Query.of(sums, row -> Map.entry(row.string("name"), row.longValue("n")))
        .fetch(clickpy)
        .forEach(
            found -> {
              long promised = found.getKey().equals(ready.downloads().name()) ? rows : sum;
              if (found.getValue() != promised) {
                throw new WrongCountException(promised, found.getValue(), found.getKey());
              }
            });
  }

  /** What was promised is not what was staged; maybe because a statement was run twice. */
  static final class WrongCountException extends ClickPyException {
    private static final long serialVersionUID = 1L;

    WrongCountException(long promised, long found, String table) {
      super(
          ErrorCode.INVALID_DATA,
          "Its footer promises %s downloads, the server found %s (in %s). Export it again."
              .formatted(promised, found, table));
    }
  }
}
