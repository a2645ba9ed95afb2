package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The tables that are leases, as the server sees them, by its clock. */
final class LeaseTables {
  private static final int TABLE_ALREADY_EXISTS = 57;
  private static final String SERVER_MILLIS = "toUnixTimestamp64Milli(now64(3))";

  private final ClickPy clickpy;
  private final Journal journal;

  LeaseTables(ClickPy clickpy, Journal journal) {
    this.clickpy = clickpy;
    this.journal = journal;
  }

  String name(long generation) {
    return journal.table() + "_lock_" + generation;
  }

  /**
   * Creates a lease, which succeeds for one of many. On a cluster, too: all its servers go through
   * the same queue of statements, in the same order.
   *
   * @return whether it was this caller's to create
   */
  boolean create(long generation, String owner, long expiryMillis) {
    try {
      Command.of(createStatement(generation, owner, expiryMillis)).execute(clickpy);
      return true;
    } catch (QueryException e) {
      if (e.serverCode() == TABLE_ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  void drop(long generation) {
    Command.of(dropStatement(generation)).repeatable().execute(clickpy);
  }

  String createStatement(long generation, String owner, long expiryMillis) {
    return "CREATE TABLE %s%s (nothing UInt8) ENGINE = Null COMMENT '%s'"
        .formatted(name(generation), onCluster(), comment(owner, expiryMillis));
  }

  String prolongStatement(long generation, String owner, long expiryMillis) {
    return "ALTER TABLE %s%s MODIFY COMMENT '%s'"
        .formatted(name(generation), onCluster(), comment(owner, expiryMillis));
  }

  String dropStatement(long generation) {
    return "DROP TABLE IF EXISTS " + name(generation) + onCluster();
  }

  private String onCluster() {
    return journal.topology().onCluster();
  }

  private static String comment(String owner, long expiryMillis) {
    return owner + " " + expiryMillis;
  }

  State read() {
    journal.await();
    String beginning = journal.table() + "_lock_";
    return journal
        .query(
            "SELECT %s AS now, groupArray(name) AS names, groupArray(comment) AS comments,"
                    .formatted(SERVER_MILLIS)
                + " (SELECT max(ordinal) FROM %s WHERE version = 0) AS recorded"
                    .formatted(journal.table())
                + " FROM system.tables"
                + " WHERE database = currentDatabase() AND startsWith(name, {beginning:String})",
            row ->
                new State(
                    row.longValue("now"),
                    row.longValue("recorded"),
                    expiries(beginning, row.strings("names"), row.strings("comments"))))
        .bind("beginning", beginning)
        .fetch(clickpy)
        .get(0);
  }

  private static NavigableMap<Long, Long> expiries(
      String beginning, List<String> names, List<String> comments) {
    NavigableMap<Long, Long> expiries = new TreeMap<>();
    IntStream.range(0, names.size())
        .forEach(
            i ->
                expiries.put(
                    Long.parseLong(names.get(i).substring(beginning.length())),
                    expiry(comments.get(i))));
    return expiries;
  }

  private static long expiry(String comment) {
    return Long.parseLong(comment.substring(comment.indexOf(' ') + 1));
  }

  /** Moves the end of a lease that the caller holds. */
  void prolong(long generation, String owner, Duration time) {
    long now =
        Query.of("SELECT %s AS now".formatted(SERVER_MILLIS), row -> row.longValue("now"))
            .fetch(clickpy)
            .get(0);
    Command.of(prolongStatement(generation, owner, now + time.toMillis()))
        .repeatable()
        .execute(clickpy);
  }

  /**
   * Who holds what.
   *
   * @param serverMillis the server's clock
   * @param newestRecorded the newest generation in the journal; 0 for none
   * @param expiries when each lease expires, by generation
   */
  record State(long serverMillis, long newestRecorded, NavigableMap<Long, Long> expiries) {
    long newestTable() {
      return expiries.isEmpty() ? 0 : expiries.lastKey();
    }

    long newestGeneration() {
      return Math.max(newestTable(), newestRecorded);
    }

    /** Only the newest lease counts: those before were taken over. */
    boolean isHeld() {
      return remaining().toMillis() > 0;
    }

    Duration remaining() {
      Map.Entry<Long, Long> newest = expiries.lastEntry();
      return newest == null ? Duration.ZERO : Duration.ofMillis(newest.getValue() - serverMillis);
    }

    LongStream tablesBefore(long generation) {
      return expiries.headMap(generation).keySet().stream().mapToLong(Long::longValue);
    }
  }
}
