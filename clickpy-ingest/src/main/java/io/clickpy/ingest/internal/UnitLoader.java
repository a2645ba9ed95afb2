package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.RejectReason;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.internal.transfer.DownloadFile;
import io.clickpy.ingest.source.SourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads files one by one, each in full or not at all. */
public final class UnitLoader implements AutoCloseable {
  /** Shares of a file's time, as they were measured; they only move a progress bar. */
  private static final double STAGED = 0.55;

  private static final double DERIVED = 0.98;

  private final ClickPy clickpy;
  private final LoadOptions options;
  private final LoadLedger ledger;
  private final Parallel parallel = new Parallel();
  private final Publication publication;

  /** A loader into the tables of a connection. */
  public UnitLoader(ClickPy clickpy, LoadOptions options) {
    this.clickpy = clickpy;
    this.options = options;
    this.ledger = new LoadLedger(clickpy);
    this.publication = new Publication(clickpy, ledger, parallel);
  }

  /**
   * Prepares a load, and completes what earlier ones left half done.
   *
   * @throws ClickPyException if the server cannot be reached or lacks the tables
   */
  public void prepare() {
    requireTables();
    ledger.create();
    publication.recover();
  }

  private void requireTables() {
    List<String> found =
        Query.of(
                "SELECT name FROM system.tables WHERE database = currentDatabase()",
                row -> row.string("name"))
            .fetch(clickpy);
    PypiSchema schema = PypiSchema.ofDefaults();
    List<String> missing =
        Stream.concat(Stream.of(schema.downloads()), schema.rollups().stream())
            .map(Table::name)
            .filter(name -> !found.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.NOT_FOUND,
          "Cannot load into database %s (it has no %s). Migrate it: SchemaMigrator.of(clickpy).migrate()."
              .formatted(clickpy.database(), String.join(", ", missing)));
    }
  }

  /**
   * Loads a file.
   *
   * @param progress hears how much of the file is done, from 0 to 1
   * @throws ClickPyException if it failed
   */
  public FileResult load(SourceFile file, Progress progress) {
    Failures.requireNotInterrupted();
    long start = System.nanoTime();
    LoadUnit unit = LoadUnit.of(file);
    List<String> before = ledger.contentTagsLoadedFrom(unit.uri());
    if (before.contains(unit.contentTag())) {
      return new FileResult.Skipped(unit.uri(), unit.bytes());
    }
    if (!before.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "It was loaded before with another content, so that loading it would count downloads"
              + " twice. Load only new rows, under a new name.");
    }
    DownloadFile download = DownloadFile.open(file, options.columns(), options.filter());

    Attempt attempt = Attempt.start(unit);
    Staging staging = Staging.create(clickpy, attempt);
    Map<RejectReason, Long> rejected;
    try {
      staging.insert(
          download,
          options.staging(),
          share -> {
            Failures.requireNotInterrupted();
            progress.done(STAGED * share);
          });
      rejected = staging.takeOutRejected();
      derive(staging, progress);
      staging.verify(download.rows() - rejected.values().stream().mapToLong(n -> n).sum());
      ledger.staged(unit, attempt, download.rows(), rejected);
      Failures.requireNotInterrupted();
    } catch (RuntimeException e) {
      staging.discardAfter(e);
      throw e;
    }
    boolean published = publication.publish(attempt);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return published
        ? new FileResult.Loaded(unit.uri(), unit.bytes(), download.rows(), rejected, elapsed)
        : new FileResult.Skipped(unit.uri(), unit.bytes());
  }

  private void derive(Staging staging, Progress progress) {
    List<List<Rollup>> levels = staging.levels();
    for (int i = 0; i < levels.size(); i++) {
      Failures.requireNotInterrupted();
      parallel.forEach(levels.get(i), staging::derive);
      progress.done(STAGED + (DERIVED - STAGED) * (i + 1) / levels.size());
    }
  }

  /** Ends the threads; the connection stays open. */
  @Override
  public void close() {
    parallel.close();
  }

  /** Hears how much of a file is done. */
  @FunctionalInterface
  public interface Progress {
    /** Takes notice of a share, from 0 to 1. */
    void done(double fraction);
  }
}
