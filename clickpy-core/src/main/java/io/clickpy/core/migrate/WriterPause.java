package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.MigrationException.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A moment in which no insert into the raw table is under way, whatever its writers do: those who
 * come wait, and those who were there have ended. What the raw table holds and what its views have
 * made of it then belong together.
 *
 * <p>ClickHouse has no such lock for clients, but it has locks: an insert holds every view of its
 * table in shared mode from before its first row until behind its last, and {@code TRUNCATE} of a
 * view takes it in exclusive mode. So there is a view made for this, the gate, which keeps nothing:
 *
 * <ol>
 *   <li>the gate is put behind the raw table, and whoever began without it is waited for;
 *   <li>a query that only sleeps holds the gate's own inner table;
 *   <li>{@code TRUNCATE} takes the gate, which waits for the inserts that hold it and makes later
 *       ones wait; then it waits for the inner table, and holds the gate until the sleeper ends.
 * </ol>
 *
 * <p>An insert that waits knows already which views there are, and may know where they write to:
 * what the caller creates or exchanges meanwhile, it does not see. Behind the next pause's
 * beginning there are no such inserts any more.
 *
 * <p>If this program dies, the sleeper ends by itself within seconds, and with it the pause.
 */
final class WriterPause implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterPause.class);

  /** A table that nobody inserts into. */
  private static final String NOTHING = "system.one";

  private static final Duration LENGTH = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(10);

  /** Two that hold the gate, one that works in the meantime, and the lease's. */
  private static final int CONNECTIONS = 4;

  /** How long those who come wait at most for those who were there, try by try. */
  private static final List<Duration> PATIENCE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40),
          Duration.ofSeconds(60));

  private final ClickPy clickpy;
  private final Work work;
  private final String gate;
  private final String id;
  private final CompletableFuture<Void> sleeper;
  private final CompletableFuture<Void> closer;
  private final long endsNanos;

  private WriterPause(
      ClickPy clickpy,
      Work work,
      String gate,
      String id,
      CompletableFuture<Void> sleeper,
      CompletableFuture<Void> closer,
      long endsNanos) {
    this.clickpy = clickpy;
    this.work = work;
    this.gate = gate;
    this.id = id;
    this.sleeper = sleeper;
    this.closer = closer;
    this.endsNanos = endsNanos;
  }

  /**
   * Waits until no insert is under way, and holds up those that come.
   *
   * @param work runs the statements
   * @param raw the table that is inserted into
   * @param gate a name for a view that stays until {@link #removeGate}
   * @throws MigrationException if inserts take so long that the others would have to wait too long
   */
  static WriterPause begin(Work work, String raw, String gate) {
    ClickPy clickpy = work.clickpy();
    requireConnections(clickpy);
    release(clickpy, idsOf(clickpy, gate)); // Left by a program that died.
    work.run(
        "CREATE MATERIALIZED VIEW IF NOT EXISTS %s ENGINE = Memory AS %s"
            .formatted(gate, over(NOTHING)));
    watch(work, gate, raw);
    awaitInsertsUnderWay(clickpy);
    for (Duration patience : PATIENCE) {
      WriterPause pause = close(clickpy, work, gate, patience);
      if (pause.isClosed()) {
        return pause;
      }
      pause.open();
      LOG.debug("Inserts into {} have not ended within {}; trying again", raw, patience);
    }
    watch(work, gate, NOTHING);
    throw new MigrationException(
        Reason.WRITERS_BUSY,
        "Cannot hold up the inserts into %s for a moment (some run for longer than %d s, and others would wait behind them). Call again when only short inserts run."
            .formatted(raw, PATIENCE.get(PATIENCE.size() - 1).toSeconds()));
  }

  private static void watch(Work work, String gate, String table) {
    work.run("ALTER TABLE %s MODIFY QUERY %s".formatted(gate, over(table)));
  }

  private static String over(String table) {
    return "SELECT 1 AS open FROM %s WHERE 0".formatted(table);
  }

  /** Drops the gate, when no insert knows it any more: one that does would fail. */
  static void removeGate(Work work, String gate) {
    work.run(
        "CREATE MATERIALIZED VIEW IF NOT EXISTS %s ENGINE = Memory AS %s"
            .formatted(gate, over(NOTHING)));
    watch(work, gate, NOTHING);
    awaitInsertsUnderWay(work.clickpy());
    work.run("DROP VIEW IF EXISTS %s SYNC".formatted(gate));
  }

  private static void requireConnections(ClickPy clickpy) {
    int allowed = clickpy.config().maxConnections();
    if (allowed < CONNECTIONS) {
      throw new IllegalStateException(
          "Cannot hold up inserts with %d connections (needs %d). Raise ClickPyConfig.Builder.maxConnections."
              .formatted(allowed, CONNECTIONS));
    }
  }

  /** Inserts that come meanwhile are not waited for: they know what there is now. */
  static void awaitInsertsUnderWay(ClickPy clickpy) {
    Set<String> before = running(clickpy, "WHERE query_kind IN ('Insert', 'AsyncInsertFlush')");
    while (!before.isEmpty()) {
      sleep();
      before.retainAll(running(clickpy, ""));
    }
  }

  private static Set<String> running(ClickPy clickpy, String condition) {
    return new HashSet<>(
        Query.of(
                "SELECT query_id FROM system.processes " + condition, row -> row.string("query_id"))
            .fetch(clickpy));
  }

  private static WriterPause close(ClickPy clickpy, Work work, String gate, Duration patience) {
    String id = idsOf(clickpy, gate) + UUID.randomUUID();
    long start = System.nanoTime();
    Duration length = LENGTH.plus(patience);
    CompletableFuture<Void> sleeper =
        inBackground(
            clickpy,
            Command.of(
                    "SELECT sleepEachRow(0.05) FROM numbers(%d) UNION ALL SELECT open FROM `%s` FORMAT Null"
                        .formatted(length.toMillis() / 50, innerTable(clickpy, gate)))
                .setting("max_block_size", "1")
                .setting("max_threads", "1")
                .setting("max_execution_time", "0")
                .queryId(id + "-sleep"));
    await(() -> sleeper.isDone() || isRunning(clickpy, id + "-sleep", "read_rows > 0"));
    CompletableFuture<Void> closer =
        inBackground(
            clickpy,
            Command.of("TRUNCATE TABLE " + gate)
                .setting("lock_acquire_timeout", Long.toString(patience.toSeconds()))
                .queryId(id + "-close"));
    WriterPause pause =
        new WriterPause(clickpy, work, gate, id, sleeper, closer, start + length.toNanos());
    await(() -> sleeper.isDone() || closer.isDone() || pause.isClosed());
    return pause;
  }

  private static String innerTable(ClickPy clickpy, String gate) {
    return Query.of(
            "SELECT concat('.inner_id.', toString(uuid)) AS inner_name FROM system.tables"
                + " WHERE database = currentDatabase() AND name = {gate:String}",
            row -> row.string("inner_name"))
        .bind("gate", gate)
        .fetch(clickpy)
        .get(0);
  }

  private static CompletableFuture<Void> inBackground(ClickPy clickpy, Command command) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                command.execute(clickpy);
                end.complete(null);
              } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
              }
            },
            "clickpy-writer-pause");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  private static String idsOf(ClickPy clickpy, String gate) {
    return "clickpy-pause-%s.%s-".formatted(clickpy.database(), gate);
  }

  private static boolean isRunning(ClickPy clickpy, String queryId, String condition) {
    return !Query.of(
            "SELECT 1 AS one FROM system.processes WHERE query_id = {id:String} AND NOT is_cancelled AND "
                + condition,
            row -> row.intValue("one"))
        .bind("id", queryId)
        .fetch(clickpy)
        .isEmpty();
  }

  /** Whether the gate's lock is taken, and the inner table's, with which both end, is not. */
  private boolean isClosed() {
    return isRunning(clickpy, id + "-close", "ProfileEvents['RWLockAcquiredWriteLocks'] = 1");
  }

  /**
   * Checks that what the caller has done since the beginning was done while no insert ran.
   *
   * @throws InterruptedPauseException if the pause has ended before
   */
  void requireHeld() {
    if (!isClosed()) {
      throw new InterruptedPauseException();
    }
  }

  /** Returns how long the pause lasts at least, if nobody ends it. */
  Duration remaining() {
    return Duration.ofNanos(endsNanos - System.nanoTime());
  }

  /** Lets the inserts go on. */
  @Override
  public void close() {
    open();
    watch(work, gate, NOTHING);
  }

  private void open() {
    try {
      release(clickpy, id);
    } catch (ClickPyException e) {
      LOG.debug("Cannot end the pause {}; it ends by itself", id, e);
    }
    awaitEnd(sleeper);
    awaitEnd(closer);
  }

  private static void awaitEnd(CompletableFuture<Void> end) {
    try {
      end.join();
    } catch (CompletionException e) {
      LOG.debug("As expected: {}", e.getMessage());
    }
  }

  /** Ends the sleepers whose id begins so, and waits until whoever waits for them has ended too. */
  private static void release(ClickPy clickpy, String ids) {
    Command.of(
            "KILL QUERY WHERE startsWith(query_id, {ids:String})"
                + " AND endsWith(query_id, '-sleep') SYNC")
        .bind("ids", ids)
        .inDatabase(DatabaseName.of("system"))
        .repeatable()
        .execute(clickpy);
    await(
        () ->
            Query.of(
                    "SELECT 1 AS one FROM system.processes WHERE startsWith(query_id, {ids:String})",
                    row -> row.intValue("one"))
                .bind("ids", ids)
                .fetch(clickpy)
                .isEmpty());
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      sleep();
    }
  }

  private static void sleep() {
    sleep(POLL.toMillis());
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(
          Reason.LEASE_LOST, "Cannot migrate: interrupted while inserts were held up. Call again.");
    }
  }

  /** The pause ended before its work did, as when this program was asleep. */
  static final class InterruptedPauseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
