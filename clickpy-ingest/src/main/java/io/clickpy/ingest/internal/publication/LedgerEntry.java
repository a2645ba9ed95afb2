package io.clickpy.ingest.internal.publication;

import java.time.Instant;

/**
 * What the ledger says about a file.
 *
 * @param contentTag which content of the file it is about
 * @param attempt the attempt's id; for a failure, how the file was read
 * @param state what the file has come to
 * @param turn the number of the turn that did it; 0 for none
 * @param reason why, if it did not go well
 * @param at when
 */
public record LedgerEntry(
    String contentTag, String attempt, State state, long turn, String reason, Instant at) {

  /** What a file has come to. */
  public enum State {
    /** All its rows wait in private tables. */
    STAGED,
    /** All its rows are in the live tables, for good. */
    LOADED,
    /** It cannot be loaded, and the fault is its own. */
    FAILED,
    /** Nobody can tell which of its rows are in the live tables. */
    STUCK,
    /** Not a file: a turn that swept up. */
    SWEPT
  }
}
