package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.internal.UnitLoader;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.source.SourceFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a loader over its files. For one thread. */
final class LoadRun {
  private static final Logger LOG = LoggerFactory.getLogger(LoadRun.class);
  private static final long EVENT_NANOS = 100_000_000;

  /** What would befall every other file, too. */
  private static final Set<ErrorCode> HOPELESS =
      Set.of(
          ErrorCode.CONNECTION,
          ErrorCode.AUTHENTICATION,
          ErrorCode.ACCESS_DENIED,
          ErrorCode.NOT_FOUND,
          ErrorCode.CANCELLED);

  private final UnitLoader loader;
  private final List<SourceFile> files;
  private final List<LoadListener> listeners;
  private final List<FileResult> results = new ArrayList<>();
  private final long start = System.nanoTime();
  private final long bytesTotal;
  private long bytesDone;
  private long rowsRead;
  private long lastEvent;
  private @Nullable ClickPyException stop;

  LoadRun(UnitLoader loader, List<SourceFile> files, List<LoadListener> listeners) {
    this.loader = loader;
    this.files = files;
    this.listeners = listeners;
    this.bytesTotal = files.stream().mapToLong(SourceFile::size).sum();
  }

  LoadReport run() {
    for (SourceFile file : files) {
      FileResult result = result(file);
      results.add(result);
      bytesDone += result.bytes();
      if (result instanceof FileResult.Loaded loaded) {
        rowsRead += loaded.rowsRead();
        tell(new LoadEvent.FileLoaded(loaded, progress(0)));
      } else if (result instanceof FileResult.Skipped skipped) {
        tell(new LoadEvent.FileSkipped(skipped, progress(0)));
      } else if (result instanceof FileResult.Failed failed) {
        tell(new LoadEvent.FileFailed(failed, progress(0)));
      }
    }
    return summed(new LoadReport(results, elapsed()));
  }

  private FileResult result(SourceFile file) {
    ClickPyException reason = stop;
    if (reason != null) {
      return failed(file, notTried(reason));
    }
    tell(new LoadEvent.FileStarted(file.uri(), progress(0)));
    try {
      return loader.load(file, fraction -> progressed(file, fraction));
    } catch (ClickPyException e) {
      if (HOPELESS.contains(e.code())) {
        stop = e;
      }
      return failed(file, e);
    } catch (IllegalStateException e) {
      stop = closed(e);
      return failed(file, stop);
    } catch (RuntimeException e) {
      return failed(file, Failures.unreadable(e));
    }
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

  private static FileResult.Failed failed(SourceFile file, ClickPyException error) {
    LOG.warn("Cannot load {}: {}", file.uri(), error.getMessage());
    return new FileResult.Failed(file.uri(), file.size(), error);
  }

  private void progressed(SourceFile file, double fraction) {
    long now = System.nanoTime();
    if (now - lastEvent >= EVENT_NANOS) {
      lastEvent = now;
      long bytes = (long) (file.size() * fraction);
      tell(new LoadEvent.FileProgressed(file.uri(), progress(bytes)));
    }
  }

  private LoadProgress progress(long bytesOfFile) {
    return new LoadProgress(
        results.size(), files.size(), rowsRead, bytesDone + bytesOfFile, bytesTotal, elapsed());
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

  private static LoadReport summed(LoadReport report) {
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
