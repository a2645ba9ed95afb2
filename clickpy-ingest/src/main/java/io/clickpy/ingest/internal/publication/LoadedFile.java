package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.ledger.LedgerEntry;
import java.time.LocalDate;
import java.util.SortedMap;

/**
 * A file that is in the tables.
 *
 * @param entry how it came there
 * @param days its downloads, without those that were replaced since
 * @param hasChanged whether it was seen with another content since
 */
public record LoadedFile(LedgerEntry entry, SortedMap<LocalDate, Long> days, boolean hasChanged) {}
