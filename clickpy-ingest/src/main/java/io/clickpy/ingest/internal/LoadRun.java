package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.LoadListener;
import io.clickpy.ingest.LoadReport;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.internal.parquet.UnreadableException;
import io.clickpy.ingest.internal.publication.FileHistory;
import io.clickpy.ingest.internal.publication.LostAttemptException;
import io.clickpy.ingest.internal.publication.Pause;
import io.clickpy.ingest.internal.publication.UndecidedException;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.source.SourceFile;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a loader over its files: batch after batch is staged, and published while the next is
 * staged. For one thread.
 */
public final class LoadRun {
  private static final Logger LOG = LoggerFactory.getLogger(LoadRun.class);
  private static final int FILES_OF_A_BATCH = WorkList.CLAIMED_AT_ONCE;
  private static final long ROWS_OF_A_BATCH = 4_000_000;

  /** What would befall every other file, too. */
  private static final Set<ErrorCode> HOPELESS =
      Set.of(
          ErrorCode.CONNECTION,
          ErrorCode.OUTCOME_UNKNOWN,
          ErrorCode.AUTHENTICATION,
          ErrorCode.ACCESS_DENIED,
          ErrorCode.NOT_FOUND,
          ErrorCode.CANCELLED);

  private final LoadSession session;
  private final List<LoadTask> tasks;
  private final Tally tally;
  private final WorkList work;
  private final FileReplacement replacement;
  private final LoadOptions options;
  private Pause waiting = Pause.ofDefaults();
  private @Nullable Publishing publishing;
  private @Nullable ClickPyException stop;

  private LoadRun(
      LoadSession session,
      FileReplacement replacement,
      LoadOptions options,
      List<LoadTask> tasks,
      Tally tally) {
    this.session = session;
    this.options = options;
    this.tasks = tasks;
    this.tally = tally;
    this.work = new WorkList(session, options, tally);
    this.replacement = replacement;
  }

  /**
   * Loads files.
   *
   * @throws ClickPyException if the server cannot be reached or lacks the tables; then no file has
   *     been tried
   */
  public static LoadReport run(
      ClickPy clickpy, LoadOptions options, List<SourceFile> files, List<LoadListener> listeners) {
    Tally tally = new Tally(files, listeners);
    List<LoadTask> tasks =
        IntStream.range(0, files.size()).mapToObj(i -> LoadTask.of(i, files.get(i))).toList();
    try (LoadSession session = LoadSession.open(clickpy, options)) {
      new LoadRun(session, new FileReplacement(clickpy, options), options, tasks, tally).run();
    }
    return tally.report();
  }

  private void run() {
    try {
      work.add(tasks);
      boolean more = true;
      while (more && stop == null) {
        more = step();
      }
    } catch (ClickPyException e) {
      stop = e;
    } catch (IllegalStateException e) {
      stop = closed(e);
    }
    while (publishing != null) {
      collect(publishing);
    }
    ClickPyException reason = stop;
    if (reason != null) {
      tasks.stream()
          .filter(task -> !tally.isSettled(task))
          .forEach(task -> tally.settled(task, failed(task, notTried(reason))));
    }
  }

  /** Returns whether there may be more to do. */
  private boolean step() {
    Failures.requireNotInterrupted();
    List<OpenedFile> batch = nextBatch();
    if (!batch.isEmpty()) {
      waiting = Pause.ofDefaults();
      stage(batch);
    } else if (publishing != null) {
      collect(publishing);
    } else if (work.isWaiting()) {
      waiting.sleep();
      work.lookAgain();
    } else {
      return false;
    }
    return true;
  }

  private List<OpenedFile> nextBatch() {
    List<OpenedFile> batch = new ArrayList<>();
    long rows = 0;
    while (stop == null && batch.size() < FILES_OF_A_BATCH && rows < ROWS_OF_A_BATCH) {
      Optional<LoadTask> task = work.next();
      if (task.isEmpty()) {
        return batch;
      }
      Optional<LedgerEntry> replaced = work.replacedBy(task.get());
      if (replaced.isPresent()) {
        replace(task.get(), replaced.get());
        continue;
      }
      Optional<OpenedFile> file = open(task.get());
      if (file.isPresent() && !batch.isEmpty() && rows + file.get().rows() > ROWS_OF_A_BATCH) {
        work.again(List.of(task.get()));
        return batch;
      }
      if (file.isPresent()) {
        batch.add(file.get());
        rows += file.get().rows();
      }
    }
    return batch;
  }

  /** A file that has changed takes its own place, alone. */
  private void replace(LoadTask task, LedgerEntry loaded) {
    tally.started(task.unit().uri());
    if (publishing != null) {
      collect(publishing);
    }
    try {
      work.settle(task, replacement.replace(task, loaded));
    } catch (ClickPyException e) {
      if (isHopeless(e)) {
        stop = e;
      }
      release(task);
      work.settle(task, failed(task, e));
    }
  }

  private void release(LoadTask task) {
    try {
      session.claims().release(List.of(task.unit()));
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot release {}", task.unit().uri(), e);
    }
  }

  private Optional<OpenedFile> open(LoadTask task) {
    tally.started(task.unit().uri());
    Failures.requireNotInterrupted();
    try {
      return Optional.of(OpenedFile.of(task, options));
    } catch (ClickPyException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      fail(task, e);
      return Optional.empty();
    }
  }

  /** Stages files together; if they are too much for the server, one half after the other. */
  private void stage(List<OpenedFile> files) {
    long start = System.nanoTime();
    long bytes = files.stream().mapToLong(file -> file.unit().bytes()).sum();
    try {
      StagedBatch staged =
          session
              .retries()
              .run(
                  () ->
                      session
                          .stager()
                          .stage(
                              files, (uri, done) -> tally.progressed(uri, (long) (bytes * done))));
      staged.failures().forEach(this::fail);
      if (!staged.files().isEmpty()) {
        publish(staged, start);
      }
    } catch (IllegalStateException e) {
      giveUp(files, closed(e));
    } catch (ClickPyException e) {
      if (isHopeless(e)) {
        giveUp(files, e);
      } else if (files.size() == 1) {
        fail(files.get(0).task(), e);
      } else {
        LOG.info("Staging {} files one half after the other: {}", files.size(), e.getMessage());
        int half = files.size() / 2;
        stage(files.subList(0, half));
        if (stop == null) {
          stage(files.subList(half, files.size()));
        }
      }
    }
  }

  private void giveUp(List<OpenedFile> files, ClickPyException reason) {
    stop = reason;
    files.forEach(file -> work.settle(file.task(), failed(file.task(), reason)));
  }

  /** Tells whether the failure would befall every other file, too. */
  static boolean isHopeless(ClickPyException e) {
    return HOPELESS.contains(e.code()) && !(e instanceof UnreadableException);
  }

  /** One batch is published at a time, while the next is staged. */
  private void publish(StagedBatch staged, long start) {
    tally.staged(staged.tasks());
    if (publishing != null) {
      collect(publishing);
    }
    publishing =
        new Publishing(
            staged,
            start,
            session.parallel().start(() -> session.retries().run(() -> publish(staged))));
  }

  private Map<URI, FileHistory> publish(StagedBatch staged) {
    Map<URI, FileHistory> obstacles = session.publisher().publish(staged.attempt(), staged.units());
    if (!obstacles.isEmpty()) {
      session.publisher().discard(staged.attempt());
    }
    return obstacles;
  }

  /** Waits until a batch is published, and settles what has become of its files. */
  private void collect(Publishing batch) {
    publishing = null;
    List<LoadTask> files = batch.staged().tasks();
    try {
      settle(batch, Parallel.join(batch.obstacles()));
    } catch (LostAttemptException e) {
      LOG.info("Staging {} files again: {}", files.size(), e.getMessage());
      again(files);
    } catch (UndecidedException e) {
      files.forEach(task -> work.settle(task, failed(task, e)));
    } catch (ClickPyException e) {
      failPartly(batch, e);
    } catch (IllegalStateException e) {
      failPartly(batch, closed(e));
    }
  }

  private void settle(Publishing batch, Map<URI, FileHistory> obstacles) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - batch.start());
    List<LoadTask> free = new ArrayList<>();
    batch
        .staged()
        .files()
        .forEach(
            (task, staged) -> {
              if (obstacles.isEmpty()) {
                work.settle(task, staged.loaded(elapsed));
              } else {
                FileHistory history = obstacles.getOrDefault(task.unit().uri(), FileHistory.NONE);
                work.known(task.unit(), history)
                    .ifPresentOrElse(result -> work.settle(task, result), () -> free.add(task));
              }
            });
    again(free);
  }

  private void again(List<LoadTask> files) {
    tally.unstaged(files);
    work.again(files);
  }

  private void failPartly(Publishing batch, ClickPyException e) {
    ClickPyException partly =
        new ClickPyException(
            e.code(),
            "It may be published in part; the next load completes it (%s)."
                .formatted(e.getMessage()),
            e,
            e.isRetryable(),
            e.queryId().orElse(null));
    batch.staged().tasks().forEach(task -> work.settle(task, failed(task, partly)));
    if (isHopeless(e) && stop == null) {
      stop = e;
    }
  }

  /** A file cannot be loaded; if that is its own fault, the ledger remembers it. */
  private void fail(LoadTask task, ClickPyException e) {
    boolean ownFault =
        e.code() == ErrorCode.INVALID_DATA
            && !e.isRetryable()
            && !(e instanceof UnreadableException);
    try {
      if (ownFault) {
        session.journal().failed(task.unit(), options.reading(), String.valueOf(e.getMessage()));
      }
    } catch (ClickPyException | IllegalStateException unnoted) {
      LOG.debug("Cannot note that {} failed", task.unit().uri(), unnoted);
    }
    release(task);
    work.settle(task, failed(task, e));
  }

  private static FileResult.Failed failed(LoadTask task, ClickPyException error) {
    return new FileResult.Failed(task.unit().uri(), task.unit().bytes(), error);
  }

  /** The connection was closed, or something of the kind: no file can be loaded any more. */
  private static ClickPyException closed(IllegalStateException e) {
    return new ClickPyException(ErrorCode.CONNECTION, String.valueOf(e.getMessage()), e);
  }

  private static ClickPyException notTried(ClickPyException reason) {
    return new ClickPyException(
        reason.code(),
        "It was not tried: the load stopped before (%s).".formatted(reason.getMessage()),
        reason,
        reason.isRetryable(),
        null);
  }

  /**
   * A batch that is being published.
   *
   * @param staged what is staged
   * @param start when the batch was begun
   * @param obstacles what stands against it, once that is known; nothing if it is published
   */
  private record Publishing(
      StagedBatch staged, long start, CompletableFuture<Map<URI, FileHistory>> obstacles) {}
}
