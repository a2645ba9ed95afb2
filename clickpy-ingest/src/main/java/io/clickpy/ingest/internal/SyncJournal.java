package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.DateRange;
import io.clickpy.core.OutcomeUnknownException;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What has been synchronized: the table {@code clickpy_sync} has each window that is loaded, a
 * table named after its beginning claims one that is exported, and {@code clickpy_sync_days} has
 * what was found when a day was compared with BigQuery.
 *
 * <p>Windows follow one another, so the beginning names a window; how far it goes and where its
 * files are is what the first to claim it says. A claim goes only behind the journal's row.
 */
public final class SyncJournal {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS clickpy_sync (
        from DateTime('UTC') COMMENT 'first moment of the window',
        until DateTime('UTC') COMMENT 'first moment behind it',
        folder String COMMENT 'where its files are',
        rows UInt64 COMMENT 'rows of its files',
        at DateTime64(3, 'UTC') COMMENT 'when it was loaded'
      ) ENGINE = ReplacingMergeTree ORDER BY from\
      """;

  private static final String CREATE_DAYS =
      """
      CREATE TABLE IF NOT EXISTS clickpy_sync_days (
        day Date COMMENT 'day in UTC that was compared',
        loaded UInt64 COMMENT 'rows that its windows had',
        found UInt64 COMMENT 'rows that BigQuery had',
        at DateTime64(3, 'UTC') COMMENT 'when that was'
      ) ENGINE = ReplacingMergeTree(at) ORDER BY day\
      """;

  /** The tables that a journal needs. */
  static final List<String> TABLES = List.of("clickpy_sync", "clickpy_sync_days");

  private static final String CLAIM = "clickpy_sync_claim_";
  private static final int TABLE_EXISTS = 57;

  private final ClickPy clickpy;

  /** The journal of a connection. */
  public SyncJournal(ClickPy clickpy) {
    this.clickpy = clickpy;
  }

  /** Creates the tables, if there are none. */
  public void create() {
    repeat(CREATE);
    repeat(CREATE_DAYS);
  }

  /** Returns how far everything is loaded; empty if nothing is. */
  public Optional<Instant> end() {
    return Query.of(
            "SELECT toInt64(toUnixTimestamp(until)) AS until FROM clickpy_sync"
                + " ORDER BY until DESC LIMIT 1",
            row -> Instant.ofEpochSecond(row.longValue("until")))
        .fetch(clickpy)
        .stream()
        .findFirst();
  }

  /** Returns the windows of a day that are loaded, each once. */
  public List<Loaded> ofDay(LocalDate day) {
    return Query.of(
            "SELECT toInt64(toUnixTimestamp(from)) AS from, toInt64(toUnixTimestamp(until)) AS until,"
                + " rows FROM clickpy_sync FINAL WHERE toDate(from) = {day:Date} ORDER BY from",
            row ->
                new Loaded(
                    Instant.ofEpochSecond(row.longValue("from")),
                    Instant.ofEpochSecond(row.longValue("until")),
                    row.longValue("rows")))
        .bind("day", day)
        .fetch(clickpy);
  }

  /** Notes what was found when a day was compared. */
  public void compared(Compared day) {
    Command.of(
            "INSERT INTO clickpy_sync_days"
                + " SELECT {day:Date}, {loaded:UInt64}, {found:UInt64}, now64(3)")
        .bind("day", day.day())
        .bind("loaded", day.loaded())
        .bind("found", day.found())
        .repeatable()
        .execute(clickpy);
  }

  /** Returns what was found when days were last compared. */
  Map<LocalDate, Compared> compared(DateRange days) {
    return Query.of(
            "SELECT day, loaded, found FROM clickpy_sync_days FINAL"
                + " WHERE day BETWEEN {first:Date} AND {last:Date}",
            row -> new Compared(row.date("day"), row.longValue("loaded"), row.longValue("found")))
        .bind("first", days.first())
        .bind("last", days.last())
        .fetch(clickpy)
        .stream()
        .collect(Collectors.toMap(Compared::day, day -> day));
  }

  /** Returns the day on which the first window begins; empty if there is none. */
  Optional<LocalDate> beginning() {
    return Query.of(
            "SELECT toDate(from) AS day FROM clickpy_sync ORDER BY from LIMIT 1",
            row -> row.date("day"))
        .fetch(clickpy)
        .stream()
        .findFirst();
  }

  /** Returns how much of days is loaded; a day of which nothing is, is not in the map. */
  Map<LocalDate, Duration> covered(DateRange days) {
    return Query.of(
            "SELECT toDate(from) AS day, sum(toUnixTimestamp(until) - toUnixTimestamp(from)) AS seconds"
                + " FROM clickpy_sync FINAL WHERE toDate(from) BETWEEN {first:Date} AND {last:Date}"
                + " GROUP BY day",
            row -> Map.entry(row.date("day"), Duration.ofSeconds(row.longValue("seconds"))))
        .bind("first", days.first())
        .bind("last", days.last())
        .fetch(clickpy)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns the end of the newest window that had rows, if one had. */
  Optional<Instant> newestRows() {
    return Query.of(
            "SELECT toInt64(toUnixTimestamp(until)) AS until FROM clickpy_sync"
                + " WHERE rows > 0 ORDER BY until DESC LIMIT 1",
            row -> Instant.ofEpochSecond(row.longValue("until")))
        .fetch(clickpy)
        .stream()
        .findFirst();
  }

  /**
   * Claims a window that is exported, unless it is claimed already.
   *
   * @return the claim that counts, whose ever it is
   */
  public Claim claim(Claim wanted) {
    while (true) {
      try {
        Command.of(
                "CREATE TABLE %s (nothing UInt8) ENGINE = Memory COMMENT '%s'"
                    .formatted(table(wanted.from()), wanted.comment()))
            .execute(clickpy);
        return wanted;
      } catch (QueryException e) {
        if (e.serverCode() != TABLE_EXISTS) {
          throw e;
        }
      } catch (OutcomeUnknownException e) {
        e.queryId().ifPresent(clickpy::settle);
      }
      Optional<Claim> found = find(wanted.from());
      if (found.isPresent()) {
        return found.get();
      }
    }
  }

  /** Returns the claim of the window that begins then, if there is one. */
  public Optional<Claim> find(Instant from) {
    return Query.of(
            "SELECT comment FROM system.tables"
                + " WHERE database = currentDatabase() AND name = {name:String}",
            row -> Claim.parse(from, row.string("comment")))
        .bind("name", table(from))
        .fetch(clickpy)
        .stream()
        .findFirst();
  }

  /** Notes that a window is loaded, and gives up its claim. */
  public void loaded(Claim claim, long rows) {
    Command.of(
            "INSERT INTO clickpy_sync SELECT toDateTime({from:Int64}, 'UTC'),"
                + " toDateTime({until:Int64}, 'UTC'), {folder:String}, {rows:UInt64}, now64(3)")
        .bind("from", claim.from().getEpochSecond())
        .bind("until", claim.until().getEpochSecond())
        .bind("folder", claim.folder())
        .bind("rows", rows)
        .repeatable()
        .execute(clickpy);
    release(claim.from());
  }

  /** Drops the claim of a window that is loaded. */
  public void release(Instant from) {
    repeat("DROP TABLE IF EXISTS %s SYNC".formatted(table(from)));
  }

  private static String table(Instant from) {
    return CLAIM + from.getEpochSecond();
  }

  private void repeat(String sql) {
    Command.of(sql).repeatable().execute(clickpy);
  }

  /**
   * A window that is loaded.
   *
   * @param from its first moment
   * @param until the first moment behind it
   * @param rows rows of its files
   */
  public record Loaded(Instant from, Instant until, long rows) {}

  /**
   * A day that was compared with BigQuery.
   *
   * @param day the day in UTC
   * @param loaded rows that its windows had
   * @param found rows that BigQuery had
   */
  public record Compared(LocalDate day, long loaded, long found) {}

  /**
   * A window that is exported in full.
   *
   * @param from its first moment
   * @param until the first moment behind it
   * @param folder where its files are; of the letters of a {@code BigQueryExport}'s folder
   * @param rows rows that were exported, if BigQuery told
   */
  public record Claim(Instant from, Instant until, String folder, OptionalLong rows) {
    String comment() {
      return until.getEpochSecond() + " " + rows.orElse(-1) + " " + folder;
    }

    static Claim parse(Instant from, String comment) {
      String[] parts = comment.split(" ", 3);
      long rows = Long.parseLong(parts[1]);
      return new Claim(
          from,
          Instant.ofEpochSecond(Long.parseLong(parts[0])),
          parts[2],
          rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows));
    }
  }
}
