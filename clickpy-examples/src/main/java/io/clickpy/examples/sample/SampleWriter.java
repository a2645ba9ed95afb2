package io.clickpy.examples.sample;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** Writes a sample's files, several at once. */
final class SampleWriter {
  private static final int ROWS_PER_REPORT = 10_000;
  private static final long ROW_GROUP_BYTES = 64L << 20;
  // Room for the URLs of a file, which come again but are many: without it they would be written
  // out in full.
  private static final int DICTIONARY_BYTES = 8 << 20;

  private final Path directory;
  private final DownloadGenerator generator;
  private final LongConsumer progress;
  private long rowsWritten;

  SampleWriter(Path directory, DownloadGenerator generator, LongConsumer progress) {
    this.directory = directory;
    this.generator = generator;
    this.progress = progress;
  }

  SampleReport write(List<PlannedFile> files, int threads) throws IOException {
    Files.createDirectories(directory);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      CompletionService<Path> written = new ExecutorCompletionService<>(workers);
      files.forEach(file -> written.submit(() -> write(file)));
      for (int i = 0; i < files.size(); i++) {
        written.take().get();
      }
    } catch (ExecutionException e) {
      throw new IOException(
          "Cannot write sample downloads: %s (%s).".formatted(directory, e.getCause()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "Interrupted while writing sample downloads to " + directory + ".");
    } finally {
      stop(workers);
    }
    return report(files);
  }

  /** Waits for the workers, interrupted or not: none writes after the caller has gone on. */
  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    boolean interrupted = Thread.interrupted();
    boolean stopped = false;
    while (!stopped) {
      try {
        stopped = workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private SampleReport report(List<PlannedFile> files) throws IOException {
    List<Path> paths = new ArrayList<>();
    long rows = 0;
    long bytes = 0;
    for (PlannedFile file : files) {
      Path path = directory.resolve(file.name());
      paths.add(path);
      rows += file.rows();
      bytes += Files.size(path);
    }
    return new SampleReport(paths, rows, bytes);
  }

  private Path write(PlannedFile file) throws IOException {
    Path target = directory.resolve(file.name());
    Path partial = directory.resolve("." + file.name() + ".partial");
    try {
      writeRows(file, partial);
      return Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private void writeRows(PlannedFile file, Path path) throws IOException {
    try (ParquetWriter<Download> writer = new Builder(new LocalOutputFile(path)).build()) {
      Iterator<Download> rows = generator.rows(file);
      int sinceReport = 0;
      while (rows.hasNext()) {
        writer.write(rows.next());
        if (++sinceReport == ROWS_PER_REPORT) {
          report(sinceReport);
          sinceReport = 0;
        }
      }
      report(sinceReport);
    }
  }

  private synchronized void report(int rows) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("Interrupted.");
    }
    rowsWritten += rows;
    progress.accept(rowsWritten);
  }

  private static final class Builder extends ParquetWriter.Builder<Download, Builder> {
    Builder(OutputFile file) {
      super(file);
      withConf(new PlainParquetConfiguration());
      withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
      withCompressionCodec(CompressionCodecName.SNAPPY);
      withRowGroupSize(ROW_GROUP_BYTES);
      withDictionaryPageSize(DICTIONARY_BYTES);
    }

    @Override
    protected Builder self() {
      return this;
    }

    // Deprecated, yet abstract.
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<Download> getWriteSupport(Configuration configuration) {
      return new DownloadWriteSupport();
    }

    @Override
    protected WriteSupport<Download> getWriteSupport(ParquetConfiguration configuration) {
      return new DownloadWriteSupport();
    }
  }
}
