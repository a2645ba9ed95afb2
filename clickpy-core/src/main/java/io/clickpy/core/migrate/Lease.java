package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.migrate.MigrationException.Reason;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to migrate a database, held by one program at a time, for a while that is prolonged as
 * long as the program lives.
 *
 * <p>A lease is a table, because {@code CREATE TABLE} is the one thing that succeeds for a single
 * one of many at once. Its comment names the owner and the time at which it expires. The table's
 * name ends in the lease's generation: who takes over an expired lease creates the next, which
 * again succeeds for a single one. The journal remembers each generation, so that none is used
 * twice, and one who comes too late sees it.
 */
final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final LeaseTables tables;
  private final long generation;
  private final String owner;
  private final Duration time;
  private final ScheduledExecutorService heartbeat;
  private final Future<?> prolonging;
  private volatile long heldUntilNanos;

  private Lease(
      LeaseTables tables, long generation, String owner, Duration time, long heldUntilNanos) {
    this.tables = tables;
    this.generation = generation;
    this.owner = owner;
    this.time = time;
    this.heldUntilNanos = heldUntilNanos;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "clickpy-migration-lease");
              thread.setDaemon(true);
              return thread;
            });
    long period = Math.max(1, time.toMillis() / 3);
    this.prolonging =
        heartbeat.scheduleAtFixedRate(this::prolong, period, period, TimeUnit.MILLISECONDS);
  }

  /** Waits until no other program holds the lease, and takes it. */
  static Lease acquire(ClickPy clickpy, Journal journal, Duration time) {
    String owner = UUID.randomUUID().toString();
    LeaseTables tables = new LeaseTables(clickpy, journal);
    while (true) {
      LeaseTables.State seen = tables.read();
      if (seen.isHeld()) {
        pause(seen.remaining());
        continue;
      }
      long generation = seen.newestGeneration() + 1;
      long start = System.nanoTime();
      if (!tables.create(generation, owner, seen.serverMillis() + time.toMillis())) {
        continue;
      }
      LeaseTables.State now = tables.read();
      if (now.newestRecorded() >= generation || now.newestTable() > generation) {
        // What we saw was history already: others have been here since.
        tables.drop(generation);
        continue;
      }
      journal.noteLease(generation, owner);
      now.tablesBefore(generation).forEach(tables::drop);
      return new Lease(tables, generation, owner, time, start + time.toNanos());
    }
  }

  /** Looks again soon, at the latest when the other's lease expires. */
  private static void pause(Duration remaining) {
    try {
      Thread.sleep(Math.max(1, Math.min(100, remaining.toMillis())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(
          Reason.LEASE_LOST,
          "Cannot migrate: interrupted while another program migrates. Call migrate() again.");
    }
  }

  private void prolong() {
    long start = System.nanoTime();
    if (start - heldUntilNanos >= 0) {
      return; // Expired while this program slept: another may hold it by now.
    }
    try {
      tables.prolong(generation, owner, time);
      heldUntilNanos = start + time.toNanos();
    } catch (ClickPyException e) {
      LOG.debug("Cannot prolong {}; trying again while it lasts", tables.name(generation), e);
    }
  }

  /** Returns its number: every lease of a database has another, later ones larger. */
  long generation() {
    return generation;
  }

  /** Checks that the lease has not expired. */
  void requireHeld() {
    if (System.nanoTime() - heldUntilNanos >= 0) {
      throw new MigrationException(
          Reason.LEASE_LOST,
          "Cannot go on migrating: the lease could not be prolonged for %d s, another program may have taken over. Call migrate() again; it goes on where the work stopped."
              .formatted(time.toSeconds()));
    }
  }

  /** Gives the lease back. If the server cannot be reached, it expires. */
  @Override
  public void close() {
    prolonging.cancel(true);
    heartbeat.shutdown();
    try {
      tables.drop(generation);
    } catch (ClickPyException e) {
      LOG.warn(
          "Cannot give back {}; it expires within {} ({})",
          tables.name(generation),
          time,
          e.getMessage());
    }
  }
}
