package io.clickpy.ingest.internal;

import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.LoadEvent;
import io.clickpy.ingest.LoadListener;
import io.clickpy.ingest.LoadProgress;
import io.clickpy.ingest.LoadReport;
import io.clickpy.ingest.source.SourceFile;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has become of the files of a load so far, and who hears of it. For one thread. */
final class Tally {
  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);
  private static final long EVENT_NANOS = 100_000_000;

  private final List<LoadListener> listeners;
  private final int files;
  private final long bytesTotal;
  private final Map<Integer, FileResult> results = new TreeMap<>();
  private final Set<Integer> staged = new HashSet<>();
  private final Set<URI> started = new HashSet<>();
  private final long start = System.nanoTime();
  private long bytesDone;
  private long rowsRead;
  private long bytesStaged;
  private long lastEvent;

  Tally(List<SourceFile> files, List<LoadListener> listeners) {
    this.listeners = listeners;
    this.files = files.size();
    this.bytesTotal = files.stream().mapToLong(SourceFile::size).sum();
  }

  /** A file's turn has come; said once. */
  void started(URI file) {
    if (started.add(file)) {
      tell(new LoadEvent.FileStarted(file, progress(0)));
    }
  }

  /** A batch is under way: so many bytes of its files are done. */
  void progressed(URI file, long bytes) {
    long now = System.nanoTime();
    if (now - lastEvent >= EVENT_NANOS) {
      lastEvent = now;
      tell(new LoadEvent.FileProgressed(file, progress(bytes)));
    }
  }

  /** Files wait for being published. */
  void staged(List<LoadTask> tasks) {
    for (LoadTask task : tasks) {
      if (staged.add(task.index())) {
        bytesStaged += task.unit().bytes();
      }
    }
  }

  /** Files are to be done again. */
  void unstaged(List<LoadTask> tasks) {
    for (LoadTask task : tasks) {
      if (staged.remove(task.index())) {
        bytesStaged -= task.unit().bytes();
      }
    }
  }

  /** It is known what has become of a file. */
  void settled(LoadTask task, FileResult result) {
    unstaged(List.of(task));
    results.put(task.index(), result);
    bytesDone += result.bytes();
    if (result instanceof FileResult.Loaded loaded) {
      rowsRead += loaded.rowsRead();
      tell(new LoadEvent.FileLoaded(loaded, progress(0)));
    } else if (result instanceof FileResult.Skipped skipped) {
      tell(new LoadEvent.FileSkipped(skipped, progress(0)));
    } else if (result instanceof FileResult.Failed failed) {
      LOG.warn("Cannot load {}: {}", failed.uri(), failed.reason());
      tell(new LoadEvent.FileFailed(failed, progress(0)));
    }
  }

  private LoadProgress progress(long bytesUnderWay) {
    return new LoadProgress(
        results.size(),
        files,
        rowsRead,
        bytesDone + bytesStaged + bytesUnderWay,
        bytesTotal,
        elapsed());
  }

  /** Returns whether it is known what has become of a file. */
  boolean isSettled(LoadTask task) {
    return results.containsKey(task.index());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void tell(LoadEvent event) {
    for (LoadListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.warn("A listener failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }

  /** Returns the report, and writes its sums into the log. */
  LoadReport report() {
    LoadReport report = new LoadReport(List.copyOf(results.values()), elapsed());
    LOG.info(
        "Loaded {} files ({} rows, {} rejected) in {}; {} skipped, {} failed",
        report.loaded().size(),
        report.rowsLoaded(),
        report.rowsRejected(),
        report.elapsed(),
        report.skipped().size(),
        report.failed().size());
    return report;
  }
}
