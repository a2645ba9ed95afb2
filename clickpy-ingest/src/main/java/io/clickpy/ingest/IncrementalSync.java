package io.clickpy.ingest;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.DateRange;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.internal.Listing;
import io.clickpy.ingest.internal.SyncJournal;
import io.clickpy.ingest.internal.SyncJournal.Claim;
import io.clickpy.ingest.internal.SyncJournal.Compared;
import io.clickpy.ingest.internal.SyncJournal.Loaded;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is new in BigQuery into the tables: run it every hour, by whatever runs jobs.
 *
 * <pre>{@code
 * class Job {
 *   static Runnable of(ClickPy clickpy, BigQueryRunner bigQuery) {
 *     return IncrementalSync.of(
 *             clickpy, BigQueryExport.to("gs://my-bucket/sync"), bigQuery, ParquetSource::local)
 *         .startingOn(LocalDate.of(2024, 8, 1));
 *   }
 * }
 * }</pre>
 *
 * <p>A run exports whole hours that are old enough to have {@linkplain #settling settled}, at most
 * a day at once, each into a folder of its own, loads the files exactly once and notes how far it
 * has come in the table {@code clickpy_sync}. It may run late, twice, after days of silence, in
 * several programs at once, and die at any moment: what was exported first is what is loaded, and a
 * run goes on where the last one stopped.
 *
 * <p>Rows may arrive in BigQuery long after their time, so a day is not whole when it is over. When
 * a run finds that a day has begun, it compares the days before with BigQuery, and reports those
 * that have {@linkplain SyncReport#changed() changed}; a loaded day is never touched again by
 * itself. What was found is noted in the table {@code clickpy_sync_days}, for {@link Completeness}.
 *
 * <p>Folders stay in the bucket; let it delete old ones. It is for one server. Immutable and
 * thread-safe.
 */
@CheckReturnValue
public final class IncrementalSync implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(IncrementalSync.class);
  private static final Duration SETTLING = Duration.ofHours(3);
  private static final int DAYS_COMPARED = 2;

  private final ClickPy clickpy;
  private final BigQueryExport export;
  private final BigQueryRunner bigQuery;
  private final Function<String, ParquetSource> source;
  private final Options options;
  private final SyncJournal journal;

  private IncrementalSync(
      ClickPy clickpy,
      BigQueryExport export,
      BigQueryRunner bigQuery,
      Function<String, ParquetSource> source,
      Options options) {
    this.clickpy = Objects.requireNonNull(clickpy, "clickpy");
    this.export = Objects.requireNonNull(export, "export");
    this.bigQuery = Objects.requireNonNull(bigQuery, "bigQuery");
    this.source = Objects.requireNonNull(source, "source");
    this.options = options;
    this.journal = new SyncJournal(clickpy);
  }

  /**
   * Returns a synchronization that begins behind the newest day loaded.
   *
   * @param export table, codec and the folder below which each run makes its own; its limits are
   *     not used
   * @param bigQuery runs the statements
   * @param source makes a source of a pattern as {@code gs://bucket/folder/*.parquet}
   */
  public static IncrementalSync of(
      ClickPy clickpy,
      BigQueryExport export,
      BigQueryRunner bigQuery,
      Function<String, ParquetSource> source) {
    return new IncrementalSync(
        clickpy,
        export,
        bigQuery,
        source,
        new Options(null, SETTLING, new SyncListener() {}, Optional.empty(), Clock.systemUTC()));
  }

  /**
   * Returns this synchronization beginning on a day in UTC, of which nothing may be loaded yet. It
   * counts only for the first run into a database; later ones go on where the last one stopped.
   */
  public IncrementalSync startingOn(LocalDate day) {
    return with(options.startingOn(Objects.requireNonNull(day, "day")));
  }

  /**
   * Returns this synchronization waiting for so long after an hour's end before it exports it, so
   * that late rows are there; 3 hours by default.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public IncrementalSync settling(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("Invalid settling time: " + value + " (must be >= 0)");
    }
    return with(options.settling(value));
  }

  /** Returns this synchronization telling another listener what became of each run. */
  public IncrementalSync listener(SyncListener value) {
    return with(options.listener(Objects.requireNonNull(value, "listener")));
  }

  /** Returns this synchronization by the ledger that {@link ParquetLoader#ledger} was given. */
  public IncrementalSync ledger(Ledger value) {
    return with(options.ledger(Objects.requireNonNull(value, "ledger")));
  }

  IncrementalSync clock(Clock value) {
    return with(options.clock(value));
  }

  private IncrementalSync with(Options value) {
    return new IncrementalSync(clickpy, export, bigQuery, source, value);
  }

  /**
   * Runs once, and never throws, so that a scheduler goes on: what became of the run is logged, and
   * told to the listener.
   */
  @Override
  public void run() {
    try {
      SyncReport report = sync();
      LOG.info("Loaded {} rows of {} windows", report.rows(), report.loaded().size());
      options.listener().onSynced(report);
    } catch (ClickPyException e) {
      LOG.warn("The synchronization stopped; the next run goes on: {}", e.getMessage());
      options.listener().onFailed(e);
    } catch (RuntimeException e) {
      LOG.error("The synchronization or its listener is broken", e);
    }
  }

  /**
   * Runs once.
   *
   * @throws ClickPyException if an export or a load fails, the server cannot be reached, or nothing
   *     says where to begin; the next run goes on where this one stopped
   */
  @CanIgnoreReturnValue
  public SyncReport sync() {
    journal.create();
    List<SyncReport.Window> loaded = new ArrayList<>();
    Instant limit = options.clock().instant().minus(options.settling());
    for (Instant next = beginning(); !next.plus(1, ChronoUnit.HOURS).isAfter(limit); ) {
      Optional<SyncReport.Window> window = load(next, limit.truncatedTo(ChronoUnit.HOURS));
      window.ifPresent(loaded::add);
      next = beginning();
    }
    return new SyncReport(loaded, changedDays(loaded));
  }

  private Instant beginning() {
    return journal.end().orElseGet(this::firstBeginning);
  }

  private Instant firstBeginning() {
    LocalDate day = options.startingOn();
    if (day == null) {
      LocalDate newest = BigQueryExport.newestDay(clickpy);
      if (newest.equals(LocalDate.EPOCH)) {
        throw new ClickPyException(
            ErrorCode.INVALID_DATA,
            "Cannot tell where to begin (nothing is loaded). Say it: startingOn(day).");
      }
      day = newest.plusDays(1);
    }
    return midnight(day);
  }

  /** Loads what begins then; empty if another program has been faster. */
  private Optional<SyncReport.Window> load(Instant from, Instant limit) {
    Instant endOfDay = midnight(dayOf(from).plusDays(1));
    Instant until = endOfDay.isBefore(limit) ? endOfDay : limit;
    Claim claim = journal.find(from).orElseGet(() -> journal.claim(export(from, until)));
    if (journal.end().filter(end -> end.isAfter(from)).isPresent()) {
      // It is loaded: this claim, whose ever it was, came too late.
      journal.release(from);
      return Optional.empty();
    }
    ParquetSource files = source.apply(export.into(claim.folder()).files());
    ParquetLoader loader = ParquetLoader.into(clickpy).from(files);
    options.ledger().map(loader::ledger).orElse(loader).load().throwIfFailed();
    long rows = Listing.rows(Listing.of(files));
    requireAll(claim, rows);
    journal.loaded(claim, rows);
    return Optional.of(new SyncReport.Window(claim.from(), claim.until(), rows));
  }

  private Claim export(Instant from, Instant until) {
    String folder =
        "%s/%s-%s-%s"
            .formatted(
                export.folder(),
                from.getEpochSecond(),
                until.getEpochSecond(),
                UUID.randomUUID().toString().substring(0, 8));
    String sql = export.into(folder).from(from).until(until).sql();
    return new Claim(from, until, folder, inBigQuery("export", () -> bigQuery.export(sql)));
  }

  private static void requireAll(Claim claim, long rows) {
    if (claim.rows().orElse(rows) != rows) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "BigQuery exported %s rows into %s, and its files have %s. Look whether files are missing there; the next run loads those that are new."
              .formatted(claim.rows().getAsLong(), claim.folder(), rows));
    }
  }

  /** Compares whole days that are over, if this run has begun another one. */
  private List<SyncReport.ChangedDay> changedDays(List<SyncReport.Window> loaded) {
    Optional<LocalDate> begun =
        loaded.stream()
            .map(SyncReport.Window::from)
            .filter(from -> from.equals(midnight(dayOf(from))))
            .map(IncrementalSync::dayOf)
            .reduce((first, last) -> last);
    List<SyncReport.ChangedDay> changed = new ArrayList<>();
    for (int back = DAYS_COMPARED; begun.isPresent() && back >= 1; back--) {
      compare(begun.get().minusDays(back)).ifPresent(changed::add);
    }
    return changed;
  }

  private Optional<SyncReport.ChangedDay> compare(LocalDate day) {
    List<Loaded> windows = journal.ofDay(day);
    boolean whole =
        !windows.isEmpty()
            && windows.get(0).from().equals(midnight(day))
            && windows.get(windows.size() - 1).until().equals(midnight(day.plusDays(1)));
    if (!whole) {
      return Optional.empty();
    }
    long before = windows.stream().mapToLong(Loaded::rows).sum();
    String sql = export.between(DateRange.of(day, day)).countSql();
    long now = inBigQuery("count", () -> bigQuery.count(sql));
    journal.compared(new Compared(day, before, now));
    return now == before
        ? Optional.empty()
        : Optional.of(new SyncReport.ChangedDay(day, before, now));
  }

  private static <T> T inBigQuery(String what, BigQueryCall<T> call) {
    try {
      return call.make();
    } catch (IOException e) {
      throw new ClickPyException(
          ErrorCode.CONNECTION,
          "Cannot %s in BigQuery (%s). The next run tries again."
              .formatted(what, String.valueOf(e.getMessage())),
          e,
          true,
          null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickPyException(
          ErrorCode.CANCELLED, "Interrupted while BigQuery worked.", e, false, null);
    }
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Something that BigQuery does. */
  @FunctionalInterface
  private interface BigQueryCall<T> {
    T make() throws IOException, InterruptedException;
  }

  /** What can be refined. */
  private record Options(
      @Nullable LocalDate startingOn,
      Duration settling,
      SyncListener listener,
      Optional<Ledger> ledger,
      Clock clock) {
    Options startingOn(LocalDate value) {
      return new Options(value, settling, listener, ledger, clock);
    }

    Options settling(Duration value) {
      return new Options(startingOn, value, listener, ledger, clock);
    }

    Options listener(SyncListener value) {
      return new Options(startingOn, settling, value, ledger, clock);
    }

    Options ledger(Ledger value) {
      return new Options(startingOn, settling, listener, Optional.of(value), clock);
    }

    Options clock(Clock value) {
      return new Options(startingOn, settling, listener, ledger, value);
    }
  }
}
