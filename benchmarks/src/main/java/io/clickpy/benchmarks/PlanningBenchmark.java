package io.clickpy.benchmarks;

import io.clickpy.query.Plan;
import io.clickpy.query.PypiStats;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to choose the table that a question reads?
 *
 * <p>The command is in {@code benchmarks/README.md}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlanningBenchmark {

  /** A question that many rollups can answer. */
  @Benchmark
  public Plan total() {
    return PypiStats.totalDownloads("pandas").plan();
  }

  /** A question with filters, that few can answer. */
  @Benchmark
  public Plan pythonOfACountry() {
    return PypiStats.downloadsByPython("pandas").country("DE").lastDays(30).plan();
  }
}
