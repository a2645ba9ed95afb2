package io.clickpy.benchmarks;

import io.clickpy.query.PypiStats;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a question cost before it leaves the JVM: naming it, refining it, rendering its SQL?
 *
 * <p>A point query takes more than a millisecond on the server, so anything below ten microseconds
 * does not show. The command is in {@code benchmarks/README.md}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueryRenderingBenchmark {
  private static final LocalDate FIRST = LocalDate.of(2024, 8, 12);
  private static final LocalDate LAST = LocalDate.of(2024, 8, 20);

  /** Downloads per day between two days. */
  @Benchmark
  public String downloadsPerDay() {
    return PypiStats.downloadsPerDay("Scikit_Learn").between(FIRST, LAST).sql();
  }

  /** The top versions of all time. */
  @Benchmark
  public String topVersions() {
    return PypiStats.topVersions("pandas").top(5).sql();
  }
}
