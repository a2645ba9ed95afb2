package io.clickpy.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * No newer downloads have arrived for longer than they may take; see {@link ArrivalWatch}.
 *
 * @param newestDay the newest day in UTC that has downloads; empty if none has
 * @param since the end of what is there; if nothing is, when the watch began
 * @param staleAfter how long the next may take
 */
public record Silence(Optional<LocalDate> newestDay, Instant since, Duration staleAfter) {
  /** Checks that nothing is missing. */
  public Silence {
    Objects.requireNonNull(newestDay, "newestDay");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(staleAfter, "staleAfter");
  }
}
