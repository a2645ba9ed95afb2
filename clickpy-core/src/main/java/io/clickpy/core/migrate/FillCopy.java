package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.FillJournal.Event;
import io.clickpy.core.migrate.FillState.Chunk;
import io.clickpy.core.schema.Column;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Derives what lies before the cut, by ranges of projects. Each chunk has tables of its own, which
 * begin as hard links to those of the chunk before: whatever stops it leaves those whole.
 */
final class FillCopy {
  /** More is put on disk while rows are grouped. */
  private static final String GROUPING_MEMORY = "2000000000";

  private final FillAttempt fill;
  private final Work work;
  private final FillTables tables;
  private final DownloadsTable raw;
  private final Map<Rollup, Rollup> trusted = new LinkedHashMap<>();
  private final Map<String, Long> totals = new LinkedHashMap<>();

  FillCopy(FillAttempt fill) {
    this.fill = fill;
    this.work = fill.work();
    this.tables = fill.tables();
    this.raw = new DownloadsTable(tables.raw(), fill.raw().sortKey());
    totals.put(raw.name(), fill.live().count(raw.name()));
    trustThoseThatAreWhole();
  }

  /** A finer rollup that tells of fewer downloads than there are is no source. */
  private void trustThoseThatAreWhole() {
    List<Rollup> inUse = fill.sources().inUse();
    for (int i = 0; i < inUse.size(); i++) {
      Rollup copy = Build.renamed(inUse.get(i), tables.source(i));
      long sum = fill.live().sum(copy.name());
      if (sum >= rows(raw)) {
        trusted.put(inUse.get(i), copy);
        totals.put(copy.name(), sum);
      }
    }
  }

  private long rows(Table table) {
    return totals.getOrDefault(table.name(), 0L);
  }

  /** Copies what has not been copied, and returns the last chunk. */
  Chunk copy(Optional<Chunk> copied) {
    dropAllBut(copied);
    Table guide = guide();
    long all = fill.live().count(guide.name());
    Optional<Chunk> last = copied;
    while (last.isEmpty() || !last.get().last()) {
      last.ifPresent(chunk -> report(chunk.rows(), all));
      last = Optional.of(copyNext(last, guide));
      dropAllBut(last);
    }
    report(all, all);
    requireSums(last.get());
    return last.get();
  }

  private void report(long rows, long all) {
    work.report(
        new FillProgress(
            fill.builds().stream().map(Build::name).toList(), Math.min(rows, all), all));
  }

  /** The largest of the tables that something is derived from says where chunks end. */
  private Table guide() {
    return fill.builds().stream()
        .map(this::sourceBeforeTheCut)
        .distinct()
        .max(Comparator.comparingLong(table -> fill.live().count(table.name())))
        .orElse(raw);
  }

  private Table sourceBeforeTheCut(Build build) {
    Table source = fill.sources().of(build, trusted.keySet());
    Optional<Build> other = fill.sources().build(source);
    return other.isPresent() ? sourceBeforeTheCut(other.get()) : kept(source);
  }

  private Table kept(Table source) {
    return source instanceof Rollup rollup && trusted.containsKey(rollup)
        ? trusted.get(rollup)
        : raw;
  }

  private Chunk copyNext(Optional<Chunk> before, Table guide) {
    Chunk chunk = next(before, guide);
    for (Build build : fill.builds()) {
      Rollup history = build.named(tables.history(build, chunk.id()));
      work.run(Ddl.createTable(history));
      before.ifPresent(last -> fill.attach(history.name(), tables.history(build, last.id())));
      work.run(derive(history, source(build, chunk), before, chunk));
    }
    fill.note(
        chunk.last() ? Event.COPIED_LAST : Event.COPIED,
        Map.of(chunk.id(), chunk.through()),
        chunk.rows());
    return chunk;
  }

  private Chunk next(Optional<Chunk> before, Table guide) {
    String behind = before.isPresent() ? "WHERE project > {behind:String} " : "";
    Query<Chunk> query =
        Query.of(
            "SELECT max(project) AS through, count() AS rows FROM (SELECT project FROM %s %sORDER BY project LIMIT %d)"
                .formatted(guide.name(), behind, fill.limits().chunkRows()),
            row -> {
              long rows = row.longValue("rows");
              return new Chunk(
                  work.generation(),
                  before.map(Chunk::number).orElse(0L) + 1,
                  row.string("through"),
                  before.map(Chunk::rows).orElse(0L) + rows,
                  rows < fill.limits().chunkRows());
            });
    return before
        .map(last -> query.bind("behind", last.through()))
        .orElse(query)
        .limits(LiveTables.PATIENT)
        .fetch(work.clickpy())
        .get(0);
  }

  private Table source(Build build, Chunk chunk) {
    Table source = fill.sources().of(build, trusted.keySet());
    return fill.sources()
        .build(source)
        .<Table>map(other -> other.named(tables.history(other, chunk.id())))
        .orElseGet(() -> kept(source));
  }

  private static Command derive(Rollup target, Table source, Optional<Chunk> before, Chunk chunk) {
    List<String> conditions = new ArrayList<>();
    before.ifPresent(last -> conditions.add("project > {behind:String}"));
    if (!chunk.last()) {
      conditions.add("project <= {through:String}");
    }
    String columns = target.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    Command insert =
        Command.of(
                "INSERT INTO %s (%s) %s"
                    .formatted(
                        target.name(),
                        columns,
                        conditions.isEmpty()
                            ? target.selectFrom(source)
                            : target.selectFrom(source, String.join(" AND ", conditions))))
            .setting("max_bytes_before_external_group_by", GROUPING_MEMORY)
            .setting("async_insert", "0");
    if (before.isPresent()) {
      insert = insert.bind("behind", before.get().through());
    }
    return chunk.last() ? insert : insert.bind("through", chunk.through());
  }

  private void dropAllBut(Optional<Chunk> chunk) {
    Set<String> kept =
        chunk
            .map(
                last ->
                    fill.builds().stream()
                        .map(build -> tables.history(build, last.id()))
                        .collect(Collectors.toSet()))
            .orElse(Set.of());
    Set<String> found = fill.live().idsOf(tables.histories()).keySet();
    if (!found.containsAll(kept)) {
      throw new DisturbedFillException("what has been copied is gone");
    }
    fill.dropTables(found.stream().filter(name -> !kept.contains(name)).toList());
  }

  private void requireSums(Chunk last) {
    for (Build build : fill.builds()) {
      if (build.counts()) {
        long expected = rows(sourceBeforeTheCut(build));
        long found = fill.live().sum(tables.history(build, last.id()));
        if (found != expected) {
          throw new DisturbedFillException(
              "%s was to tell of %d downloads before the cut, and tells of %d"
                  .formatted(build.name(), expected, found));
        }
      }
    }
  }
}
