package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.RejectReason;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.LoadNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The private tables of one attempt: nothing reads them, no view watches them. */
final class Staging {
  /** What the server says of itself, not of the file. */
  private static final Set<ErrorCode> NOT_THE_FILE =
      Set.of(
          ErrorCode.AUTHENTICATION,
          ErrorCode.ACCESS_DENIED,
          ErrorCode.NOT_FOUND,
          ErrorCode.LIMIT_EXCEEDED,
          ErrorCode.TIMEOUT,
          ErrorCode.CANCELLED,
          ErrorCode.OVERLOADED);

  private final ClickPy clickpy;
  private final LoadNames names;
  private final LiveTables live;
  private final PypiSchema staged;
  private final PypiSchema ready;

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

  private void create(Table table) {
    String name = names.live().prefix() + table.name().substring(staged.prefix().length());
    Command.of(
            "CREATE TABLE %s AS %s ENGINE = %s"
                .formatted(table.name(), name, live.privateEngine(name)))
        .execute(clickpy);
  }

  /** Brings the rows of a slice into the raw table. */
  void insert(ParquetSlice slice, ParquetSlice.Copied copied) {
    String target =
        "%s (%s) %s FROM input('%s')"
            .formatted(
                staged.downloads().name(),
                DownloadMapping.target(),
                slice.select(),
                slice.structure());
    try {
      Insert.into(target, "Parquet", out -> slice.writeTo(out, copied))
          .setting("max_insert_threads", live.insertThreads())
          .execute(clickpy);
    } catch (QueryException e) {
      if (NOT_THE_FILE.contains(e.code()) || e.isRetryable()) {
        throw e;
      }
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "The server cannot read it (%s).".formatted(e.getMessage()),
          e,
          false,
          e.queryId().orElse(null));
    }
  }

  /** Takes out the rows that are no downloads, and counts them for each of so many files. */
  List<Map<RejectReason, Long>> takeOutRejected(int files) {
    List<Map<RejectReason, Long>> rejected =
        IntStream.range(0, files)
            .<Map<RejectReason, Long>>mapToObj(file -> new TreeMap<>())
            .toList();
    DownloadsTable raw = staged.downloads();
    List<Map.Entry<String, Long>> found =
        Query.of(
                "SELECT version, count() AS n FROM %s WHERE project = '' GROUP BY version"
                    .formatted(raw.name()),
                row -> Map.entry(row.string("version"), row.longValue("n")))
            .fetch(clickpy)
            .stream()
            .toList();
    for (Map.Entry<String, Long> each : found) {
      String[] reasonAndFile = each.getKey().split(" ", -1);
      rejected
          .get(Integer.parseInt(reasonAndFile[1]))
          .put(RejectReason.valueOf(reasonAndFile[0]), each.getValue());
    }
    if (!found.isEmpty()) {
      Command.of("ALTER TABLE %s DELETE WHERE project = ''".formatted(raw.name()))
          .setting("mutations_sync", "2")
          .repeatable()
          .execute(clickpy);
    }
    return rejected;
  }

  /** Creates and fills a rollup from the table it is derived from, which is filled already. */
  void derive(Rollup rollup) {
    create(rollup);
    String columns = rollup.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    Command.of(
            "INSERT INTO %s (%s) %s"
                .formatted(rollup.name(), columns, rollup.selectFrom(rollup.derivedFrom())))
        .setting("max_insert_threads", live.insertThreads())
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
            sum -> {
              if (sum.getValue() != rows) {
                throw new WrongCountException(rows, sum.getValue(), sum.getKey());
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
