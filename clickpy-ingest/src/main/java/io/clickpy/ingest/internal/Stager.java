package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.schema.Rollup;
import io.clickpy.ingest.RejectReason;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.Ledger;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.Publisher;
import io.clickpy.ingest.internal.publication.StagedFile;
import io.clickpy.ingest.internal.publication.Uninterrupted;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
  private final LiveTables live;
  private final Ledger ledger;
  private final Publisher publisher;
  private final Parallel parallel;
  private final String loader;
  private int attempts;

  Stager(
      ClickPy clickpy,
      LoadNames names,
      LiveTables live,
      Ledger ledger,
      Publisher publisher,
      Parallel parallel,
      String loader) {
    this.clickpy = clickpy;
    this.names = names;
    this.live = live;
    this.ledger = ledger;
    this.publisher = publisher;
    this.parallel = parallel;
    this.loader = loader;
  }

  /**
   * Stages files together.
   *
   * @throws ClickPyException if it failed; then nothing is left of it, as far as the server can be
   *     reached
   */
  StagedBatch stage(List<OpenedFile> files, Progress progress) {
    Attempt attempt = new Attempt(loader, ++attempts);
    Staging staging = new Staging(clickpy, names, live, attempt);
    try {
      return stage(attempt, staging, files, progress);
    } catch (RuntimeException e) {
      Uninterrupted.run(() -> discard(attempt, staging));
      throw e;
    }
  }

  private StagedBatch stage(
      Attempt attempt, Staging staging, List<OpenedFile> files, Progress progress) {
    List<ParquetSlice> slices = ParquetSlice.of(files, ParquetSlice.USUAL_BYTES);
    staging.createRaw();
    insert(staging, slices, progress);
    List<Map<RejectReason, Long>> rejected = staging.takeOutRejected(files.size());
    derive(staging, files.get(files.size() - 1).source().uri(), progress);
    staging.seal();
    List<StagedFile> staged =
        IntStream.range(0, files.size())
            .mapToObj(
                i -> new StagedFile(files.get(i).unit(), files.get(i).rows(), rejected.get(i)))
            .toList();
    staging.verify(staged.stream().mapToLong(file -> file.rowsRead() - file.rowsRejected()).sum());
    ledger.staged(attempt, staged);
    Failures.requireNotInterrupted();
    return new StagedBatch(attempt, staged);
  }

  private static void insert(Staging staging, List<ParquetSlice> slices, Progress progress) {
    long total = Math.max(1, slices.stream().mapToLong(ParquetSlice::length).sum());
    long[] done = new long[1];
    for (ParquetSlice slice : slices) {
      Failures.requireNotInterrupted();
      staging.insert(
          slice,
          (file, bytes) -> {
            Failures.requireNotInterrupted();
            done[0] += bytes;
            progress.done(file.uri(), INSERTED * done[0] / total);
          });
    }
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
