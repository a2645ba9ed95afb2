package io.clickpy.ingest.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The newest data in the tables.
 *
 * @param day the newest day that has downloads
 * @param synced until when a synchronization has brought rows, if one has
 */
public record Newest(LocalDate day, Optional<Instant> synced) {
  /** Returns the end of the data, which is not in the future. */
  public Instant end(Instant now) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant known = synced.filter(until -> until.isAfter(start)).orElse(end);
    return known.isBefore(now) ? known : now;
  }
}
