package io.clickpy.examples.sample;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One download, one row of the export.
 *
 * @param second since 1970-01-01T00:00:00Z
 * @param country two letters; empty or null for an address that nobody could place
 */
record Download(long second, @Nullable String country, DistributionFile file, Client client) {
  /** The day of the download, in UTC. */
  LocalDate date() {
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
  }
}
