package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.OutcomeUnknownException;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is staged into the tables that everybody reads: every row of a unit once, whoever
 * dies.
 *
 * <p>The claim of a unit is a table named after it, whose comment names the attempt: creating it is
 * atomic, so one attempt has it. From then on the unit <em>will</em> be published, from that
 * attempt's tables, by its loader or by any other that finds the claim:
 *
 * <ol>
 *   <li>each table's part is moved, atomically; what is moved already is not there to be moved
 *       again, and the server runs one move of a table at a time, because every loader gives it the
 *       same query id;
 *   <li>the ledger says {@code LOADED};
 *   <li>the empty staging tables go, and then the claim.
 * </ol>
 *
 * <p>A late attempt of the same unit can get the claim only after that, and then finds {@code
 * LOADED} in the ledger, which it reads after it has the claim.
 *
 * <p>This holds on one server. Between the first move and the last, readers see the unit in a part
 * of the tables.
 */
final class Publication {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
  private static final String CLAIM = "clickpy_claim_";
  private static final int TABLE_EXISTS = 57;
  private static final int SAME_QUERY_RUNS = 216;
  private static final int UNKNOWN_TABLE = 60;
  private static final int MAX_WAITS = 600;
  private static final long WAIT_MILLIS = 100;

  private final ClickPy clickpy;
  private final LoadLedger ledger;
  private final Parallel parallel;

  Publication(ClickPy clickpy, LoadLedger ledger, Parallel parallel) {
    this.clickpy = clickpy;
    this.ledger = ledger;
    this.parallel = parallel;
  }

  /**
   * Publishes an attempt that is staged in full, unless another attempt of its unit came first.
   *
   * <p>An interrupt waits until it has ended: broken off in the middle, it would have to be looked
   * after by the next load.
   *
   * @return whether it was this attempt that was published
   * @throws ClickPyException if it failed; the message says what has become of the file
   */
  boolean publish(Attempt attempt) {
    return parallel.call(() -> publishInPeace(attempt));
  }

  private boolean publishInPeace(Attempt attempt) {
    Attempt owner = claim(attempt);
    if (!owner.equals(attempt)) {
      Staging.discard(clickpy, attempt);
    }
    try {
      return finish(owner).equals(attempt.id());
    } catch (BrokenClaimException e) {
      throw e;
    } catch (ClickPyException e) {
      throw partly(e);
    }
  }

  private static ClickPyException partly(ClickPyException e) {
    return new ClickPyException(
        e.code(),
        "It is published in part; the next load completes it (%s).".formatted(e.getMessage()),
        e,
        e.isRetryable(),
        e.queryId().orElse(null));
  }

  /**
   * Completes what loaders left half published, and drops what dead ones left staged. A unit that
   * cannot be completed holds up no other.
   */
  void recover() {
    for (Attempt attempt : claims()) {
      LOG.info("Completing the publication of {}, left by another loader", attempt.unit());
      try {
        finish(attempt);
      } catch (ClickPyException e) {
        LOG.warn("Going on without {}: {}", claimTable(attempt), e.getMessage());
      }
    }
    sweep();
  }

  /**
   * Returns who has the claim: this attempt, if it is the first. Also this one if nobody has it
   * because the unit is loaded: then there is only to tidy up.
   */
  private Attempt claim(Attempt attempt) {
    for (int waits = 0; ; waits++) {
      boolean created = create(attempt);
      if (created) {
        return attempt;
      }
      Optional<Attempt> owner =
          claims().stream().filter(claim -> claim.unit().equals(attempt.unit())).findFirst();
      if (owner.isPresent()) {
        return owner.get();
      }
      // Nobody's: its owner has just finished, or it never came to be.
      if (ledger.attemptThatLoaded(attempt.unit()).isPresent()) {
        return attempt;
      }
      if (waits == MAX_WAITS) {
        throw new ClickPyException(
            ErrorCode.SERVER,
            "Cannot create %s (the server says that it is there, and does not list it). Load again."
                .formatted(claimTable(attempt)));
      }
      pause();
    }
  }

  /** Returns whether the claim is certainly this attempt's; if not, it may be anybody's. */
  private boolean create(Attempt attempt) {
    try {
      Command.of(
              "CREATE TABLE %s (unit String) ENGINE = Memory COMMENT '%s'"
                  .formatted(claimTable(attempt), attempt.id()))
          .execute(clickpy);
      return true;
    } catch (QueryException e) {
      if (e.serverCode() != TABLE_EXISTS) {
        throw e;
      }
    } catch (OutcomeUnknownException e) {
      e.queryId().ifPresent(clickpy::settle);
    }
    return false;
  }

  private List<Attempt> claims() {
    return Query.of(
            "SELECT name, comment FROM system.tables"
                + " WHERE database = currentDatabase() AND startsWith(name, {claim:String})",
            row -> new Attempt(row.string("name").substring(CLAIM.length()), row.string("comment")))
        .bind("claim", CLAIM)
        .fetch(clickpy);
  }

  /** Publishes the attempt that has the claim, and returns the id of the one published. */
  private String finish(Attempt attempt) {
    String loaded =
        ledger.attemptThatLoaded(attempt.unit()).or(() -> moveAll(attempt)).orElse(attempt.id());
    tidyUp(attempt);
    return loaded;
  }

  /** Returns the attempt that is loaded, if another loader has been faster. */
  private Optional<String> moveAll(Attempt attempt) {
    Set<String> staged = Staging.existing(clickpy, attempt);
    List<Staging.Pair> pairs = Staging.pairs(attempt);
    List<String> gone =
        pairs.stream().map(pair -> pair.staged().name()).filter(n -> !staged.contains(n)).toList();
    if (!gone.isEmpty()) {
      Optional<String> loaded = ledger.attemptThatLoaded(attempt.unit());
      if (loaded.isPresent()) {
        return loaded; // They were dropped because all is done.
      }
      requireRaw(attempt, gone);
      LOG.warn("Publishing {} without {}: never staged, or dropped", attempt.unit(), gone);
    }
    parallel.forEach(
        pairs.stream().filter(pair -> staged.contains(pair.staged().name())).toList(),
        pair -> move(attempt, pair));
    ledger.loaded(attempt);
    return Optional.empty();
  }

  /** Nobody can tell any more whether its rows were moved before it went. */
  private static void requireRaw(Attempt attempt, List<String> gone) {
    String raw = attempt.tables().downloads().name();
    if (gone.contains(raw)) {
      throw new BrokenClaimException(
          "Cannot complete the claim %1$s (%2$s was dropped). Only if no table has rows of this file: DROP TABLE %1$s, and load it again."
              .formatted(claimTable(attempt), raw));
    }
  }

  /** The unit is loaded, whatever goes wrong here; the next load tidies up again. */
  private void tidyUp(Attempt attempt) {
    Staging.discard(clickpy, attempt);
    try {
      Command.of("DROP TABLE IF EXISTS %s SYNC".formatted(claimTable(attempt)))
          .repeatable()
          .execute(clickpy);
    } catch (ClickPyException | IllegalStateException e) {
      LOG.warn("Cannot drop {}: {}", claimTable(attempt), e.getMessage());
    }
  }

  private static String claimTable(Attempt attempt) {
    return CLAIM + attempt.unit();
  }

  private void move(Attempt attempt, Staging.Pair pair) {
    Command move =
        Command.of(
                "ALTER TABLE %s MOVE PARTITION tuple() TO TABLE %s"
                    .formatted(pair.staged().name(), pair.live().name()))
            .queryId("move-" + clickpy.database() + "." + pair.staged().name())
            .repeatable();
    for (int waits = 0; ; waits++) {
      try {
        move.execute(clickpy);
        return;
      } catch (QueryException e) {
        if (e.serverCode() == UNKNOWN_TABLE
            && ledger.attemptThatLoaded(attempt.unit()).isPresent()) {
          return; // Another loader has just finished it.
        }
        if (e.serverCode() != SAME_QUERY_RUNS || waits == MAX_WAITS) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickPyException(
          ErrorCode.CANCELLED, "The load was interrupted while it published.", e);
    }
  }

  /** Drops staging tables of a day ago: no loader stages one file for so long. */
  private void sweep() {
    List<String> dead =
        Query.of(
                "SELECT name FROM system.tables WHERE database = currentDatabase()"
                    + " AND startsWith(name, {stage:String})"
                    + " AND metadata_modification_time < now() - INTERVAL 1 DAY"
                    + " AND extract(name, '^clickpy_stage_([0-9a-f]+)_') NOT IN (SELECT"
                    + " substring(name, length({claim:String}) + 1) FROM system.tables"
                    + " WHERE database = currentDatabase() AND startsWith(name, {claim:String}))",
                row -> row.string("name"))
            .bind("stage", Attempt.PREFIX)
            .bind("claim", CLAIM)
            .fetch(clickpy);
    for (String name : dead) {
      LOG.info("Dropping {}, left by a loader that died", name);
      Command.of("DROP TABLE IF EXISTS " + name + " SYNC").repeatable().execute(clickpy);
    }
  }

  /** A claim that no load can complete. */
  private static final class BrokenClaimException extends ClickPyException {
    private static final long serialVersionUID = 1L;

    BrokenClaimException(String message) {
      super(ErrorCode.INVALID_DATA, message);
    }
  }
}
