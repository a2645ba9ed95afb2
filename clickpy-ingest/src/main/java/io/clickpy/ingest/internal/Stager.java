package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.schema.Rollup;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.Journal;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.Publisher;
import io.clickpy.ingest.internal.publication.StagedFile;
import io.clickpy.ingest.internal.publication.Uninterrupted;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings files into private tables, and makes sure that all their rows are there. */
final class Stager {
  private static final Logger LOG = LoggerFactory.getLogger(Stager.class);

  /** Shares of a batch's time, as they were measured; they only move a progress bar. */
  private static final double INSERTED = 0.65;

  private static final double DERIVED = 0.95;

  private final ClickPy clickpy;
  private final LoadNames names;
  private final StagingMode mode;
  private final LiveTables live;
  private final Journal journal;
  private final Publisher publisher;
  private final Parallel parallel;
  private final Retries retries;
  private final String loader;
  private int attempts;

  Stager(
      ClickPy clickpy,
      LoadNames names,
      StagingMode mode,
      LiveTables live,
      Journal journal,
      Publisher publisher,
      Parallel parallel,
      Retries retries,
      String loader) {
    this.clickpy = clickpy;
    this.names = names;
    this.mode = mode;
    this.live = live;
    this.journal = journal;
    this.publisher = publisher;
    this.parallel = parallel;
    this.retries = retries;
    this.loader = loader;
  }

  /**
   * Stages files together. One that fails is left out, unless others would fail, too.
   *
   * @throws ClickPyException if it failed; then nothing is left of it, as far as the server can be
   *     reached
   */
  StagedBatch stage(List<OpenedFile> files, Progress progress) {
    Attempt attempt = new Attempt(loader, ++attempts);
    Staging staging = new Staging(clickpy, names, live, attempt);
    try {
      StagedBatch staged = stage(attempt, staging, files, progress);
      if (staged.files().isEmpty()) {
        discard(attempt, staging);
      }
      return staged;
    } catch (RuntimeException e) {
      Uninterrupted.run(() -> discard(attempt, staging));
      throw e;
    }
  }

  private StagedBatch stage(
      Attempt attempt, Staging staging, List<OpenedFile> files, Progress progress) {
    staging.createRaw();
    Map<OpenedFile, Set<String>> parts = new LinkedHashMap<>();
    Map<LoadTask, ClickPyException> failures = new LinkedHashMap<>();
    double bytes = Math.max(1, files.stream().mapToLong(file -> file.unit().bytes()).sum());
    double done = 0;
    for (OpenedFile file : files) {
      double before = done;
      double share = file.unit().bytes() / bytes;
      try {
        DoubleConsumer ofFile =
            fraction -> progress.done(file.unit().uri(), INSERTED * (before + share * fraction));
        parts.put(file, staging.insert(file.content(), mode, retries, ofFile));
      } catch (ClickPyException e) {
        if (LoadRun.isHopeless(e)) {
          throw e;
        }
        staging.takeBack();
        failures.put(file.task(), e);
      }
      done += share;
    }
    Sifted sifted = staging.sift();
    Map<LoadTask, StagedFile> staged = new LinkedHashMap<>();
    parts.forEach(
        (file, ofFile) -> staged.put(file.task(), sifted.file(file.unit(), file.rows(), ofFile)));
    if (!staged.isEmpty()) {
      derive(staging, files.get(files.size() - 1).unit().uri(), progress);
      staging.seal();
      staging.verify(
          staged.values().stream().mapToLong(file -> file.rowsRead() - file.rowsRejected()).sum());
      journal.staged(attempt, List.copyOf(staged.values()));
    }
    Failures.requireNotInterrupted();
    return new StagedBatch(attempt, staged, failures);
  }

  private void derive(Staging staging, URI last, Progress progress) {
    List<List<Rollup>> levels = staging.levels();
    for (int i = 0; i < levels.size(); i++) {
      Failures.requireNotInterrupted();
      parallel.forEach(levels.get(i), staging::derive);
      progress.done(last, INSERTED + (DERIVED - INSERTED) * (i + 1) / levels.size());
    }
  }

  private void discard(Attempt attempt, Staging staging) {
    try {
      staging.settle();
      publisher.discard(attempt);
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot drop the staging tables of {}: a later load sweeps up", attempt.id(), e);
    }
  }

  /** Hears how far a batch has come. */
  @FunctionalInterface
  interface Progress {
    /**
     * Takes notice.
     *
     * @param file what is being worked on
     * @param fraction how much of the whole batch is done, from 0 to 1
     */
    void done(URI file, double fraction);
  }
}
