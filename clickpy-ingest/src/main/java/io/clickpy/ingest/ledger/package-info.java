/**
 * Where loads note what they have done: {@link io.clickpy.ingest.ledger.Ledger}. It is a table of
 * the database unless a program brings its own.
 */
@NullMarked
package io.clickpy.ingest.ledger;

import org.jspecify.annotations.NullMarked;
