package io.clickpy.core.migrate;

import io.clickpy.core.migrate.MigrationException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the journal says, held against the migrations that this program knows. */
final class History {
  private final List<Migration> known;
  private final Map<Integer, String> checksums;
  private final Map<Integer, List<Journal.Entry>> applied;

  /**
   * Compares.
   *
   * @param known the migrations, oldest first
   * @param checksums of the known migrations by version, independent of names
   * @param entries what the journal says
   */
  History(List<Migration> known, Map<Integer, String> checksums, List<Journal.Entry> entries) {
    this.known = known;
    this.checksums = checksums;
    this.applied =
        entries.stream()
            .collect(
                Collectors.groupingBy(Journal.Entry::version, TreeMap::new, Collectors.toList()));
  }

  /** Returns the number of the newest migration that is whole; 0 for none. */
  int version() {
    return statuses().stream()
        .filter(status -> status.state() == MigrationState.APPLIED)
        .mapToInt(MigrationStatus::version)
        .max()
        .orElse(0);
  }

  /** Returns what has not run yet, in order. */
  List<Pending> pending() {
    List<Pending> pending = new ArrayList<>();
    for (Migration migration : known) {
      Set<Integer> done =
          entries(migration.version()).stream()
              .map(Journal.Entry::ordinal)
              .collect(Collectors.toSet());
      IntStream.rangeClosed(1, migration.steps().size())
          .filter(ordinal -> !done.contains(ordinal))
          .forEach(ordinal -> pending.add(new Pending(migration, ordinal, checksum(migration))));
    }
    return pending;
  }

  /** Returns every migration that either side knows, oldest first. */
  List<MigrationStatus> statuses() {
    List<MigrationStatus> statuses = new ArrayList<>();
    for (Migration migration : known) {
      statuses.add(status(migration.version(), migration.description(), knownState(migration)));
    }
    int newest = newestKnown();
    applied.forEach(
        (version, entries) -> {
          if (!checksums.containsKey(version)) {
            statuses.add(
                status(
                    version,
                    entries.get(0).description(),
                    version > newest ? MigrationState.NEWER : MigrationState.MISSING));
          }
        });
    statuses.sort(Comparator.comparingInt(MigrationStatus::version));
    return statuses;
  }

  private MigrationStatus status(int version, String description, MigrationState state) {
    Optional<Instant> lastRun =
        entries(version).stream().map(Journal.Entry::finishedAt).max(Comparator.naturalOrder());
    return new MigrationStatus(version, description, state, lastRun);
  }

  private MigrationState knownState(Migration migration) {
    List<Journal.Entry> entries = entries(migration.version());
    if (entries.isEmpty()) {
      return MigrationState.PENDING;
    }
    if (!foreignChecksum(migration).isEmpty()) {
      return MigrationState.CHANGED;
    }
    long done = entries.stream().map(Journal.Entry::ordinal).distinct().count();
    return done < migration.steps().size() ? MigrationState.INTERRUPTED : MigrationState.APPLIED;
  }

  /** Refuses to go on where the two sides contradict each other. */
  void requireConsistent() {
    for (MigrationStatus status : statuses()) {
      switch (status.state()) {
        case CHANGED -> throw changed(status.version());
        case MISSING ->
            throw new MigrationException(
                Reason.MISSING_MIGRATION,
                "Missing migration V%04d (%s): the database has it, this program does not. Restore it; a released migration is never removed."
                    .formatted(status.version(), status.description()));
        case NEWER ->
            throw new MigrationException(
                Reason.NEWER_DATABASE,
                "Cannot use the database with this program: it has migration V%04d (%s), this program knows none after V%04d. Upgrade clickpy to the version that migrated the database."
                    .formatted(status.version(), status.description(), newestKnown()));
        default -> {}
      }
    }
  }

  private MigrationException changed(int version) {
    Migration migration =
        known.stream().filter(m -> m.version() == version).findFirst().orElseThrow();
    return new MigrationException(
        Reason.CHANGED_MIGRATION,
        """
        Checksum mismatch for migration V%04d (%s)
        -> Applied to database : %s
        -> Known to this program: %s
        Restore the migration as it was released, and put the change into a new one."""
            .formatted(
                version, migration.description(), foreignChecksum(migration), checksum(migration)));
  }

  /** Returns a checksum that the journal has and this program does not; empty if there is none. */
  private String foreignChecksum(Migration migration) {
    return entries(migration.version()).stream()
        .map(Journal.Entry::checksum)
        .filter(checksum -> !checksum.equals(checksum(migration)))
        .findFirst()
        .orElse("");
  }

  private String checksum(Migration migration) {
    return Objects.requireNonNull(checksums.get(migration.version()), "checksum");
  }

  private List<Journal.Entry> entries(int version) {
    return applied.getOrDefault(version, List.of());
  }

  private int newestKnown() {
    return known.stream().mapToInt(Migration::version).max().orElse(0);
  }

  /** A statement that has not run yet. */
  record Pending(Migration migration, int ordinal, String checksum) {
    PlannedStatement statement() {
      return migration.planned(ordinal);
    }
  }
}
