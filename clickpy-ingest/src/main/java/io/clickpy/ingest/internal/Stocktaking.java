package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.DayStatus;
import io.clickpy.ingest.ExpectedDownloads;
import io.clickpy.ingest.PublishedFile;
import io.clickpy.ingest.internal.DayFacts.Age;
import io.clickpy.ingest.internal.SyncJournal.Compared;
import io.clickpy.ingest.internal.publication.Inventory;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.LoadedFile;
import io.clickpy.ingest.internal.publication.TableLedger;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds out what is in the tables, and what should be. */
public final class Stocktaking {
  private final ClickPy clickpy;
  private final LoadNames names;
  private final Optional<Ledger> ledger;
  private final String perDay;

  /**
   * A stocktaking of some tables.
   *
   * @param ledger what loads note; a table of the database if it is not said
   */
  public Stocktaking(ClickPy clickpy, PypiSchema schema, Optional<Ledger> ledger) {
    this.clickpy = clickpy;
    this.names = LoadNames.of(schema);
    this.ledger = ledger;
    this.perDay = schema.rollup("pypi_downloads_overall_per_day").name();
  }

  /** Returns the first and the newest day that have downloads, if any has. */
  public Optional<DateRange> loadedDays() {
    return Query.of(
            "SELECT min(date) AS first, max(date) AS last FROM"
                + " (SELECT date FROM %s GROUP BY date HAVING sum(count) > 0) HAVING count() > 0"
                    .formatted(perDay),
            row -> DateRange.of(row.date("first"), row.date("last")))
        .fetch(clickpy)
        .stream()
        .findFirst();
  }

  /** Returns the newest data, if there are any. */
  public Optional<Newest> newest() {
    Optional<Instant> synced = journal().flatMap(SyncJournal::newestRows);
    return loadedDays().map(days -> new Newest(days.last(), synced));
  }

  /** Gives the files that are published, in the order of their names. */
  public void files(DateRange days, Consumer<PublishedFile> reader) {
    inventory()
        .ifPresent(inventory -> inventory.files(days, file -> reader.accept(published(file))));
  }

  private static PublishedFile published(LoadedFile file) {
    LedgerEntry entry = file.entry();
    return new PublishedFile(
        entry.uri(),
        entry.contentTag(),
        entry.bytes(),
        entry.rowsRead() - entry.rowsRejected(),
        file.days(),
        entry.at());
  }

  /** Returns what is known of each of some days, the oldest first. */
  public List<DayStatus> days(DateRange days, ExpectedDownloads expected, Instant now) {
    // A load that ends meanwhile is then seen in the tables rather than in the ledger alone.
    Loaded loaded = loaded(days);
    Optional<SyncJournal> sync = journal();
    Map<LocalDate, Compared> compared = sync.map(it -> it.compared(days)).orElse(Map.of());
    Optional<LocalDate> syncedFrom = sync.flatMap(SyncJournal::beginning);
    Map<LocalDate, Duration> synced = sync.map(it -> it.covered(days)).orElse(Map.of());
    Map<LocalDate, Long> downloads = downloads(days);
    LocalDate newest = loadedDays().map(DateRange::last).orElse(LocalDate.EPOCH);
    return days.first()
        .datesUntil(days.last().plusDays(1))
        .map(
            day ->
                new DayFacts(
                        day,
                        age(day, newest, now),
                        downloads.getOrDefault(day, 0L),
                        expected.on(day),
                        loaded.published().getOrDefault(day, 0L),
                        loaded.publishing().getOrDefault(day, List.of()),
                        loaded.undecided().getOrDefault(day, List.of()),
                        loaded.changed().getOrDefault(day, List.of()),
                        syncedFrom
                            .filter(first -> !first.isAfter(day))
                            .map(first -> synced.getOrDefault(day, Duration.ZERO)),
                        Optional.ofNullable(compared.get(day)))
                    .status())
        .toList();
  }

  private static Age age(LocalDate day, LocalDate newest, Instant now) {
    if (!day.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
      return Age.RUNNING;
    }
    return day.isBefore(newest) ? Age.OVER : Age.NEWEST;
  }

  /** Returns the downloads that there are, by day. */
  Map<LocalDate, Long> downloads(DateRange days) {
    return Query.of(
            "SELECT date, sum(count) AS n FROM %s".formatted(perDay)
                + " WHERE date BETWEEN {first:Date} AND {last:Date} GROUP BY date",
            row -> Map.entry(row.date("date"), row.longValue("n")))
        .bind("first", days.first())
        .bind("last", days.last())
        .fetch(clickpy)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns what is left in the tables of a content of a file, by day. */
  SortedMap<LocalDate, Long> left(LedgerEntry loaded) {
    return inventory().map(inventory -> inventory.left(loaded)).orElseGet(TreeMap::new);
  }

  private Loaded loaded(DateRange days) {
    Loaded loaded = new Loaded(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    inventory()
        .ifPresent(
            inventory -> {
              inventory.files(
                  days,
                  file -> {
                    loaded.published(file.days());
                    if (file.hasChanged()) {
                      name(file.entry().uri(), file.days(), loaded.changed());
                    }
                  });
              loaded.published(inventory.besidesFiles());
              for (LedgerEntry file : inventory.underWay(days)) {
                boolean isStuck = file.state() == State.STUCK;
                name(file.uri(), file.days(), isStuck ? loaded.undecided() : loaded.publishing());
              }
            });
    return loaded;
  }

  private static void name(
      URI file, Map<LocalDate, Long> itsDays, Map<LocalDate, List<URI>> files) {
    itsDays.keySet().forEach(day -> files.computeIfAbsent(day, d -> new ArrayList<>()).add(file));
  }

  private Optional<Inventory> inventory() {
    return ledger
        .or(
            () ->
                exists(names.ledger())
                    ? Optional.of(new TableLedger(clickpy, names))
                    : Optional.empty())
        .map(notes -> Inventory.take(clickpy, names, notes));
  }

  /** Only the tables without a prefix are synchronized. */
  private Optional<SyncJournal> journal() {
    boolean isThere =
        names.live().prefix().isEmpty() && SyncJournal.TABLES.stream().allMatch(this::exists);
    return isThere ? Optional.of(new SyncJournal(clickpy)) : Optional.empty();
  }

  private boolean exists(String table) {
    return !Query.of(
            "SELECT name FROM system.tables"
                + " WHERE database = currentDatabase() AND name = {name:String}",
            row -> row.string("name"))
        .bind("name", table)
        .fetch(clickpy)
        .isEmpty();
  }

  /**
   * What the ledger knows, by day.
   *
   * @param published what loaded files brought
   * @param publishing files that are being published
   * @param undecided files of which nobody can tell whether they are published
   * @param changed files that have changed since
   */
  private record Loaded(
      Map<LocalDate, Long> published,
      Map<LocalDate, List<URI>> publishing,
      Map<LocalDate, List<URI>> undecided,
      Map<LocalDate, List<URI>> changed) {
    void published(Map<LocalDate, Long> days) {
      days.forEach((day, count) -> published.merge(day, count, Long::sum));
    }
  }
}
