package io.clickpy.benchmarks;

import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.examples.sample.SampleReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a row of the sample cost to make and to write as Parquet, on all cores? 12,000 ns are
 * five million rows a minute.
 *
 * <p>The command is in {@code benchmarks/README.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SampleWritingBenchmark {
  private static final int ROWS = 200_000;

  /** Four files, in a directory that is deleted. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long write() throws IOException {
    Path directory = Files.createTempDirectory("clickpy-benchmark");
    SampleReport report =
        SampleDownloads.of(6)
            .days(SampleDownloads.of(6).firstDay(), 1)
            .downloads(ROWS)
            .rowsPerFile(ROWS / 4)
            .writeTo(directory);
    for (Path file : report.files()) {
      Files.delete(file);
    }
    Files.delete(directory);
    return report.bytes();
  }
}
