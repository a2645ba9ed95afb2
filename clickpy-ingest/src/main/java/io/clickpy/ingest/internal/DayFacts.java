package io.clickpy.ingest.internal;

import io.clickpy.ingest.DayState;
import io.clickpy.ingest.DayStatus;
import io.clickpy.ingest.internal.SyncJournal.Compared;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is known of a day.
 *
 * @param day the day in UTC
 * @param age whether it is over
 * @param downloads downloads that the tables have
 * @param expected how many there should be, if somebody says
 * @param published what loaded files brought
 * @param publishing files that hold it, and are being published
 * @param undecided files that hold it, of which nobody can tell whether they are published
 * @param changed files that hold it, and have changed since they were loaded
 * @param synced how much of the day is synchronized; empty if that is no synchronization's duty
 * @param compared what a synchronization has found when it last compared the day
 */
record DayFacts(
    LocalDate day,
    Age age,
    long downloads,
    OptionalLong expected,
    long published,
    List<URI> publishing,
    List<URI> undecided,
    List<URI> changed,
    Optional<Duration> synced,
    Optional<Compared> compared) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int FILES_NAMED = 3;

  /** Whether a day is over. */
  enum Age {
    /** It is not, by the clock. */
    RUNNING,
    /** By the clock, but no later day has downloads. */
    NEWEST,
    /** A later day has downloads. */
    OVER
  }

  /** Returns what follows from that. */
  DayStatus status() {
    List<String> partial = partial();
    List<String> stale = stale();
    boolean isMissing = downloads == 0 && publishing.isEmpty() && !isAsExpected();
    return new DayStatus(
        day,
        state(isMissing, partial, stale),
        downloads,
        expected,
        Stream.of(isMissing ? List.of("It has no downloads.") : List.<String>of(), partial, stale)
            .flatMap(List::stream)
            .toList());
  }

  private static DayState state(boolean isMissing, List<String> partial, List<String> stale) {
    if (isMissing) {
      return DayState.MISSING;
    }
    if (!partial.isEmpty()) {
      return DayState.PARTIAL;
    }
    return stale.isEmpty() ? DayState.WHOLE : DayState.STALE;
  }

  private List<String> partial() {
    List<String> reasons = new ArrayList<>();
    if (downloads < expected.orElse(0) && !isSynced()) {
      reasons.add(notAsExpected());
    }
    if (downloads < published) {
      reasons.add(
          "Loaded files brought %s downloads, and it has %s.".formatted(published, downloads));
    }
    if (!publishing.isEmpty()) {
      reasons.add("Files that hold it are being published: %s.".formatted(names(publishing)));
    }
    if (!undecided.isEmpty()) {
      reasons.add(
          "Nobody can tell whether files that hold it are published: %s."
              .formatted(names(undecided)));
    }
    if (synced.isPresent() && !isSynced()) {
      reasons.add("It is synchronized for %s of 24 hours.".formatted(synced.get().toHours()));
    }
    if (age == Age.RUNNING) {
      reasons.add("It is not over.");
    } else if (age == Age.NEWEST && downloads > 0 && synced.isEmpty() && expected.isEmpty()) {
      reasons.add("No later day has downloads, and nothing says that it is over.");
    }
    return reasons;
  }

  private List<String> stale() {
    List<String> reasons = new ArrayList<>();
    if (expected.isPresent()
        && (downloads > expected.getAsLong() || (isSynced() && !isAsExpected()))) {
      reasons.add(notAsExpected());
    }
    compared
        .filter(rows -> rows.found() != rows.loaded() && rows.found() != downloads)
        .ifPresent(
            rows ->
                reasons.add(
                    "BigQuery had %s rows of it when they were last compared, and %s were loaded."
                        .formatted(rows.found(), rows.loaded())));
    if (!changed.isEmpty()) {
      reasons.add(
          "Files that hold it have changed since they were loaded: %s.".formatted(names(changed)));
    }
    return reasons;
  }

  private boolean isSynced() {
    return synced.filter(DAY::equals).isPresent();
  }

  private boolean isAsExpected() {
    return expected.isPresent() && expected.getAsLong() == downloads;
  }

  private String notAsExpected() {
    return "It has %s downloads, and %s are expected.".formatted(downloads, expected.getAsLong());
  }

  private static String names(List<URI> files) {
    String some =
        files.stream().limit(FILES_NAMED).map(URI::toString).collect(Collectors.joining(", "));
    int more = files.size() - FILES_NAMED;
    return more > 0 ? "%s and %s more".formatted(some, more) : some;
  }
}
