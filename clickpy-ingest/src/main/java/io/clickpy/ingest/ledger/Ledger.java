package io.clickpy.ingest.ledger;

import io.clickpy.core.DateRange;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where loads note which files are staged, loaded, or cannot be loaded: a log to which entries are
 * appended, and which forgets none.
 *
 * <p>By default it is the table {@code clickpy_loads} of the database that is loaded into. A
 * program that keeps its records elsewhere, say in a database with backups of its own, implements
 * this interface and gives it to {@link io.clickpy.ingest.ParquetLoader#ledger}.
 *
 * <h2>What loads rely on</h2>
 *
 * <ul>
 *   <li><b>Atomic.</b> The entries of one {@link #append} are all there or none is, whoever dies. A
 *       turn is over when its entries are there, and its files are known only by them.
 *   <li><b>Durable.</b> What is there stays, for as long as the tables do. A ledger that has
 *       forgotten a file lets it be loaded again; one that is older than the tables, as after the
 *       restore of a backup, does the same.
 *   <li><b>Linearizable.</b> A read that begins when an append has returned, in whatever program,
 *       sees its entries; and what one read has seen, every later one sees. Turns are numbered by
 *       {@link #newestTurn()}, and two turns with one number could publish a file twice. A replica
 *       that lags is no ledger.
 *   <li><b>Idempotent.</b> An entry that is appended again, by another program too, changes
 *       nothing; {@link LedgerEntry} tells which are the same. Reads give it once, with either
 *       time.
 * </ul>
 *
 * <p>Nothing is asked beyond that: no locks, no compare-and-set. A ledger belongs to one set of
 * tables, and all loads into these use the same.
 *
 * <p>A method that fails throws a {@link io.clickpy.core.ClickPyException}; with {@link
 * io.clickpy.core.ErrorCode#CONNECTION}, {@link io.clickpy.core.ErrorCode#OUTCOME_UNKNOWN} or
 * {@link io.clickpy.core.ErrorCode#OVERLOADED} it is tried again after a while. Implementations are
 * thread-safe.
 */
public interface Ledger {
  /** Prepares it; called when a load begins, again and again, and by several loads at once. */
  void open();

  /**
   * Appends entries, at most some dozen.
   *
   * @param entries at least one
   */
  void append(List<LedgerEntry> entries);

  /** Returns the highest number of a turn that an entry has; 0 if there is no entry. */
  long newestTurn();

  /** Returns the entries that have the number of a turn, without their days, in no order. */
  List<LedgerEntry> ofTurn(long turn);

  /** Returns the entries of an attempt, in no order. */
  List<LedgerEntry> ofAttempt(String attempt);

  /**
   * Returns the entries of files, whatever their contents, without their days, in no order; but
   * none that is {@link LedgerEntry.State#STAGED}.
   *
   * @param files may be many thousand
   */
  List<LedgerEntry> ofFiles(Collection<URI> files);

  /**
   * Gives every entry in some states, one after the other, in the order of the files' names and,
   * for a file, of the turns. There may be very many, so they are not collected.
   *
   * @param states at least one
   * @param days the days that the entries are given with, none other
   * @param reader what it throws ends this
   */
  void scan(Set<LedgerEntry.State> states, DateRange days, Consumer<? super LedgerEntry> reader);
}
