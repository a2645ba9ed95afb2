package io.clickpy.ingest.internal.transfer;

import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a row cost this side of the connection, when a file is sent: reading its footer, and
 * cutting the needed columns out of it as they are compressed? The floor is to copy the whole file.
 *
 * <p>In the package of what it measures, which is no API. The command is in {@code
 * benchmarks/README.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParquetSliceBenchmark {
  private static final int ROWS = 100_000;

  // Set before the first measurement, as JMH promises.
  @SuppressWarnings("NullAway.Init")
  private Path parquet;

  @SuppressWarnings("NullAway.Init")
  private SourceFile file;

  /** Writes a file of downloads. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    Path directory = Files.createTempDirectory("clickpy-benchmark");
    parquet =
        SampleDownloads.of(7)
            .days(SampleDownloads.of(7).firstDay(), 1)
            .downloads(ROWS)
            .writeTo(directory)
            .files()
            .get(0);
    file = ParquetSource.local(parquet).list().get(0);
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.delete(parquet);
    Files.delete(parquet.resolveSibling(""));
  }

  /** Footer, mapping and slices, sent nowhere. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long slices() throws IOException {
    ParquetFooter footer = ParquetFooter.read(file);
    DownloadMapping mapping =
        DownloadMapping.of(footer.columns(), DownloadColumns.ofDefaults(), RowFilter.NONE);
    List<ParquetSlice> slices =
        ParquetSlice.of(footer, mapping.columns(), ParquetSlice.USUAL_BYTES);
    long[] copied = new long[1];
    for (ParquetSlice slice : slices) {
      slice.writeTo(file, OutputStream.nullOutputStream(), bytes -> copied[0] += bytes);
    }
    return copied[0];
  }

  /** The floor: the file as it is. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long wholeFile() throws IOException {
    return Files.copy(parquet, OutputStream.nullOutputStream());
  }
}
