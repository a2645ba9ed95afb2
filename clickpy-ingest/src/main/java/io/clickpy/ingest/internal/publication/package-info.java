/**
 * How what is staged comes into the tables that everybody reads: every row once, whoever dies.
 *
 * <p>ClickHouse has no transaction over several tables, and it has no compare-and-set on rows. It
 * has two things that happen wholly or not at all: {@code CREATE TABLE} of a name succeeds for one
 * of many, and {@code MOVE PARTITION} takes rows out of one table and puts them into another. The
 * protocol is made of these.
 *
 * <ol>
 *   <li><b>Ready.</b> An {@link io.clickpy.ingest.internal.publication.Attempt attempt} has staged
 *       its files in private tables and sealed them by giving them another name. Nothing writes to
 *       them any more, and nobody else's statement knows them.
 *   <li><b>Turn.</b> Whoever wants to publish takes the next {@link
 *       io.clickpy.ingest.internal.publication.Turn turn}: turns are numbered, a turn is the table
 *       {@code clickpy_turn_<number>_<round>}, and creating it succeeds for one. Its comment holds
 *       who publishes what, how far each live table has come, and which parts wait to be moved. The
 *       {@link io.clickpy.ingest.ledger.Ledger ledger} is read between looking which number is next
 *       and creating it, so that each turn knows of all turns before it.
 *   <li><b>Move.</b> From then on the attempt <em>will</em> be published, by its loader or by any
 *       other that finds the turn: {@link io.clickpy.ingest.internal.publication.Mover} moves one
 *       table after the other. What has been moved is not there to be moved again. A turn that
 *       replaces rows says which, and they are taken out of the raw table before.
 *   <li><b>Note.</b> The ledger says {@code LOADED}, with the turn's number. From now on the number
 *       is used up.
 *   <li><b>Tidy up.</b> The private tables go, and then the turn's.
 * </ol>
 *
 * <p>A server that is killed in the middle of a move may come back with the rows in both tables.
 * The table of a turn therefore lives in memory and holds one row: when that is gone, the server
 * has been restarted, nothing more is moved in this round, {@link
 * io.clickpy.ingest.internal.publication.Settlement} finds out what the round has achieved, and
 * another round is opened for the rest. {@link io.clickpy.ingest.internal.publication.ServerLife}
 * keeps a move that was decided on before a restart from running after it.
 */
@NullMarked
package io.clickpy.ingest.internal.publication;

import org.jspecify.annotations.NullMarked;
