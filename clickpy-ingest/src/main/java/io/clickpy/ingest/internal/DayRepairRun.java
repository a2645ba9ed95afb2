package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.ingest.KeptDays;
import io.clickpy.ingest.RepairEvent;
import io.clickpy.ingest.RepairListener;
import io.clickpy.ingest.RepairPhase;
import io.clickpy.ingest.RepairReport;
import io.clickpy.ingest.internal.DayRepairEntry.State;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.FileHistory;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.internal.publication.LostAttemptException;
import io.clickpy.ingest.internal.publication.Removal;
import io.clickpy.ingest.internal.publication.StagedFile;
import io.clickpy.ingest.internal.publication.Uninterrupted;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.source.SourceFile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over the days that are replaced; it begins by completing what others have left. Close it.
 *
 * <p>For one thread. ADR 27 has the argument.
 */
final class DayRepairRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DayRepairRun.class);
  private static final int MOST_ATTEMPTS = 3;

  /** What runs claim, so that one works at a time. */
  private static final LoadUnit CLAIM = new LoadUnit("repair", URI.create("clickpy:repair"), "", 0);

  private final ClickPy clickpy;
  private final LoadOptions options;
  private final List<RepairListener> listeners;
  private final LoadSession session;
  private final LoadNames names;
  private final DayRepairJournal journal;
  private final DayTotals totals;
  private final FirstAndLastDays dates;
  private final DayRepairSweeper sweeper;
  private final List<DayRepairEntry> completed = new ArrayList<>();
  private int attempts;

  private DayRepairRun(
      ClickPy clickpy, LoadOptions options, List<RepairListener> listeners, LoadSession session) {
    this.clickpy = clickpy;
    this.options = options;
    this.listeners = listeners;
    this.session = session;
    this.names = session.names();
    this.journal = new DayRepairJournal(clickpy, names);
    InsertsUnderWay inserts = new InsertsUnderWay(clickpy, names);
    this.totals = new DayTotals(clickpy, names, inserts, options.lease());
    this.dates = new FirstAndLastDays(clickpy, names, inserts);
    this.sweeper = new DayRepairSweeper(clickpy, names, journal, this::isLoaded);
  }

  /**
   * Prepares a run, and completes replacements that were begun.
   *
   * @throws ClickPyException if another run is under way, or the server cannot be reached or has
   *     other tables
   */
  static DayRepairRun open(ClickPy clickpy, LoadOptions options, List<RepairListener> listeners) {
    DayRepairRun run =
        new DayRepairRun(clickpy, options, listeners, LoadSession.open(clickpy, options));
    try {
      run.requireSingleServer();
      run.claim();
      run.journal.create();
      run.completeOthers();
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
    return run;
  }

  /** Returns of which days it is kept what they had before. */
  static List<KeptDays> kept(ClickPy clickpy, LoadOptions options) {
    DayRepairJournal journal = new DayRepairJournal(clickpy, LoadNames.of(options.schema()));
    if (!journal.exists()) {
      return List.of();
    }
    return journal.all().stream()
        .filter(repair -> repair.state() == State.KEPT)
        .map(
            repair ->
                new KeptDays(repair.days(), repair.at(), repair.rowsBefore(), repair.now().rows()))
        .toList();
  }

  private void requireSingleServer() {
    LoadNames.filled(names.live())
        .forEach(
            table -> {
              String engine = session.live().engines().getOrDefault(table.name(), "");
              if (!engine.matches("(Summing|Aggregating)?MergeTree\\b.*")) {
                throw new ClickPyException(
                    ErrorCode.SCHEMA,
                    "Cannot replace days in database %s (%s has the engine %s). It works on a single server with plain MergeTree tables only."
                        .formatted(
                            clickpy.database(), table.name(), engine.replaceAll("[( ].*", "")));
              }
            });
  }

  private void claim() {
    session.claims().claim(List.of(CLAIM));
    String holder =
        session.claims().holders(List.of(CLAIM)).getOrDefault(CLAIM.id(), session.loader());
    if (!holder.equals(session.loader())) {
      throw new ClickPyException(
          ErrorCode.OVERLOADED,
          "Cannot replace days in database %s (another program does, as %s). Call again when it has ended; a dead one is waited for no longer than its lease."
              .formatted(clickpy.database(), holder),
          null,
          true,
          null);
    }
  }

  private void completeOthers() {
    for (DayRepairEntry repair : journal.all()) {
      if (repair.state() == State.PREPARED && isLoaded(repair)) {
        completed.add(finish(note(repair.in(State.SWITCHED))));
      } else if (repair.state() == State.SWITCHED) {
        completed.add(finish(repair));
      }
    }
  }

  private DayRepairEntry note(DayRepairEntry repair) {
    journal.note(repair);
    return repair;
  }

  private boolean isLoaded(DayRepairEntry repair) {
    LoadUnit unit = unit(repair);
    return session
        .publisher()
        .histories(List.of(unit))
        .getOrDefault(unit.uri(), FileHistory.NONE)
        .entries()
        .stream()
        .anyMatch(
            entry ->
                entry.state() == LedgerEntry.State.LOADED && entry.attempt().equals(repair.id()));
  }

  /** What a replacement stands for in the ledger: of those of one number, one is published. */
  private static LoadUnit unit(DayRepairEntry repair) {
    return unit(repair.number(), repair.attempt());
  }

  private static LoadUnit unit(long number, Attempt attempt) {
    return new LoadUnit("repair-" + attempt.id(), LoadUnit.repair(number), attempt.id(), 0);
  }

  /**
   * Replaces the downloads of some days by those of files.
   *
   * @param days sorted
   */
  RepairReport replace(List<LocalDate> days, List<SourceFile> files, EmptyDays empty) {
    return replace(days, rows(files, empty));
  }

  /** Replaces what a file brought before, and keeps nothing of it. */
  StagedFile replace(SourceFile file, SortedMap<LocalDate, Long> before, EmptyDays empty) {
    ChangedFileRows rows = new ChangedFileRows(rows(List.of(file), empty), before);
    replace(List.copyOf(before.keySet()), rows);
    try {
      confirm(before.firstKey());
    } catch (ClickPyException e) {
      LOG.warn("Keeping what {} had before: {}", file.uri(), e.getMessage());
    }
    return rows.file();
  }

  private FileRows rows(List<SourceFile> files, EmptyDays empty) {
    return new FileRows(
        clickpy,
        options,
        session.retries(),
        files,
        empty,
        fraction -> tell(RepairPhase.STAGING, fraction));
  }

  private RepairReport replace(List<LocalDate> days, DayRows rows) {
    long start = System.nanoTime();
    Optional<DayRepairEntry> kept = find(repair -> isKept(repair) && repair.concerns(days));
    if (kept.isPresent()) {
      if (kept.get().isSameAs(days, rows.id())) {
        return report(kept.get(), start);
      }
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot replace %s (what was there until %s is kept). Call confirm(day) if the day is right now, or undo(day) if it is not."
              .formatted(DayTotals.text(kept.get().days()), kept.get().at()));
    }
    return report(replace(days, rows, null), start);
  }

  private static boolean isKept(DayRepairEntry repair) {
    return repair.state() == State.KEPT;
  }

  private Optional<DayRepairEntry> find(Predicate<DayRepairEntry> condition) {
    return journal.all().stream().filter(condition).reduce((older, newer) -> newer);
  }

  private static RepairReport report(DayRepairEntry repair, long start) {
    return new RepairReport(
        repair.days(),
        repair.rowsBefore(),
        repair.now().rows(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Brings back what a day had before it was replaced. */
  RepairReport undo(LocalDate day) {
    long start = System.nanoTime();
    Optional<DayRepairEntry> kept = find(repair -> isKept(repair) && repair.days().contains(day));
    if (kept.isEmpty()) {
      return completed.stream()
          .filter(repair -> repair.undoes() != null && repair.days().contains(day))
          .findFirst()
          .map(repair -> report(repair, start))
          .orElseThrow(() -> nothingKept("undo the replacement of", day));
    }
    DayRepairEntry repair = kept.get();
    DownloadsTable old =
        new DownloadsTable(names.replaced(repair.attempt()), names.live().downloads().sortKey());
    return report(replace(repair.days(), new KeptRows(clickpy, repair, old), repair.id()), start);
  }

  /** Forgets what a day had before it was replaced. */
  void confirm(LocalDate day) {
    DayRepairEntry repair =
        find(found -> isKept(found) && found.days().contains(day))
            .orElseThrow(() -> nothingKept("confirm", day));
    journal.note(repair.in(State.CONFIRMED));
    sweeper.sweep();
  }

  private static ClickPyException nothingKept(String what, LocalDate day) {
    return new ClickPyException(
        ErrorCode.NOT_FOUND,
        "Cannot %s %s (nothing of that day is kept). kept() lists the days.".formatted(what, day));
  }

  private DayRepairEntry replace(List<LocalDate> days, DayRows rows, @Nullable String undoes) {
    for (int i = 1; ; i++) {
      Prepared prepared = session.retries().run(() -> prepare(days, rows, undoes));
      try {
        // No interrupt reaches it there.
        return Parallel.join(session.parallel().start(() -> takeEffect(prepared)));
      } catch (LostAttemptException e) {
        if (i == MOST_ATTEMPTS) {
          throw e;
        }
        LOG.info("Preparing the replacement again: {}", e.getMessage());
      }
    }
  }

  private Prepared prepare(List<LocalDate> days, DayRows rows, @Nullable String undoes) {
    Attempt attempt = new Attempt(session.loader(), ++attempts);
    Correction correction = new Correction(clickpy, session, attempt, days);
    try {
      return prepare(correction, attempt, days, rows, undoes);
    } catch (RuntimeException e) {
      Uninterrupted.run(() -> discard(correction));
      throw e;
    }
  }

  private Prepared prepare(
      Correction correction,
      Attempt attempt,
      List<LocalDate> days,
      DayRows rows,
      @Nullable String undoes) {
    tell(RepairPhase.STAGING, 0);
    // Before anything is looked at: it is right for what this number finds, and for no other.
    long number = DayRepairJournal.newestSwitched(journal.all()) + 1;
    correction.staging().createRaw();
    List<StagedFile> files = rows.stage(correction.staging());
    DayContent now = DayContent.of(clickpy, correction.raw());
    rows.requireFit(days, correction.raw(), now.rows());

    tell(RepairPhase.COMPARING, 0);
    Failures.requireNotInterrupted();
    Removal removal = correction.chooseRows();
    DayContent old = correction.copyOld(removal);
    rows.requireReplaceable(days, old);
    requireAgreement(days, old.rows());
    tell(RepairPhase.COMPARING, 0.5);
    SortedMap<LocalDate, Long> besides = correction.besides(files);
    long rowsNow = promised(files).orElse(now.rows());
    correction.derive(rowsNow, old.rows());
    correction.requireUnchanged(removal);

    Failures.requireNotInterrupted();
    LoadUnit unit = unit(number, attempt);
    session
        .journal()
        .staged(
            attempt,
            Stream.concat(files.stream(), Stream.of(new StagedFile(unit, 0, Map.of(), besides)))
                .toList());
    DayRepairEntry repair =
        new DayRepairEntry(
            attempt,
            State.PREPARED,
            number,
            days,
            rows.id(),
            undoes,
            old.rows(),
            now,
            Instant.EPOCH);
    return new Prepared(note(repair), removal, correction);
  }

  private static Optional<Long> promised(List<StagedFile> files) {
    return files.stream().map(file -> file.rowsRead() - file.rowsRejected()).reduce(Long::sum);
  }

  private void requireAgreement(List<LocalDate> days, long rows) {
    Optional<String> disagreement = totals.disagreement(days, rows);
    if (disagreement.isPresent()) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot replace %s (%s). Nothing was changed. A rollup can be corrected only if it agrees with the raw table: mend it first, SchemaMigrator.of(clickpy).repair()."
              .formatted(DayTotals.text(days), disagreement.get()));
    }
  }

  private static void discard(Correction correction) {
    try {
      correction.discard();
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot drop what was prepared: a later run sweeps up", e);
    }
  }

  private DayRepairEntry takeEffect(Prepared prepared) {
    DayRepairEntry repair = prepared.repair();
    try {
      tell(RepairPhase.SWITCHING, 0);
      Map<URI, FileHistory> obstacles =
          session
              .retries()
              .run(
                  () ->
                      session
                          .publisher()
                          .publish(repair.attempt(), List.of(unit(repair)), prepared.removal()));
      if (!obstacles.isEmpty()) {
        journal.note(repair.in(State.ABANDONED));
        discard(prepared.correction());
        throw new OvertakenException(repair);
      }
      return finish(note(repair.in(State.SWITCHED)));
    } catch (LostAttemptException | OvertakenException | DisagreementException e) {
      throw e;
    } catch (ClickPyException e) {
      throw new ClickPyException(
          e.code(),
          "Cannot tell yet whether %s was replaced (%s). Call again: what was begun is completed first."
              .formatted(DayTotals.text(repair.days()), e.getMessage()),
          e,
          e.isRetryable(),
          e.queryId().orElse(null));
    }
  }

  /** Does what is left to do behind the turn; any number of times. */
  private DayRepairEntry finish(DayRepairEntry repair) {
    tell(RepairPhase.CHECKING, 0);
    dates.correct(repair);
    Optional<String> disagreement = totals.disagreement(repair.days(), repair.now().rows());
    new BlockNumbers(clickpy, names.live().downloads().name()).forget();
    DayRepairEntry end = repair.in(repair.undoes() == null ? State.KEPT : State.CONFIRMED);
    if (repair.undoes() != null) {
      find(undone -> undone.id().equals(repair.undoes()))
          .ifPresent(undone -> journal.note(undone.in(State.UNDONE)));
    }
    journal.note(end);
    sweeper.sweep();
    if (disagreement.isPresent()) {
      throw new DisagreementException(repair, disagreement.get());
    }
    tell(RepairPhase.CHECKING, 1);
    return end;
  }

  private void tell(RepairPhase phase, double fraction) {
    for (RepairListener listener : listeners) {
      try {
        listener.onEvent(new RepairEvent(phase, fraction));
      } catch (RuntimeException e) {
        LOG.warn("A listener failed on {}", phase, e);
      }
    }
  }

  /** Lets the next run begin, and ends the threads; the connection stays open. */
  @Override
  public void close() {
    Uninterrupted.run(this::release);
    session.close();
  }

  private void release() {
    try {
      session.claims().release(List.of(CLAIM));
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot release the claim; it ends with the lease", e);
    }
  }

  /**
   * What waits for its turn.
   *
   * @param repair as the journal knows it
   * @param removal what it removes
   * @param correction its tables
   */
  private record Prepared(DayRepairEntry repair, Removal removal, Correction correction) {}

  /** Another replacement has changed what this one was prepared for. */
  private static final class OvertakenException extends ClickPyException {
    private static final long serialVersionUID = 1L;

    OvertakenException(DayRepairEntry repair) {
      super(
          ErrorCode.OVERLOADED,
          "Cannot replace %s (another replacement came first). Nothing was changed. Call again."
              .formatted(DayTotals.text(repair.days())),
          null,
          true,
          null);
    }
  }

  /** It is done, and something is wrong all the same. */
  private static final class DisagreementException extends ClickPyException {
    private static final long serialVersionUID = 1L;

    DisagreementException(DayRepairEntry repair, String disagreement) {
      super(
          ErrorCode.INVALID_DATA,
          "Replaced %s, and %s. Somebody else has changed the tables: look at them, then undo(day) or confirm(day)."
              .formatted(DayTotals.text(repair.days()), disagreement));
    }
  }
}
