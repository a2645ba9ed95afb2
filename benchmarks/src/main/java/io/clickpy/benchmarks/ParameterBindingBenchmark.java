package io.clickpy.benchmarks;

import io.clickpy.core.internal.Parameters;
import io.clickpy.core.internal.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to bind values to a statement, and to bring them into the form that travels?
 *
 * <p>The command is in {@code benchmarks/README.md}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParameterBindingBenchmark {
  private static final Statement STATEMENT =
      Statement.of(
          "SELECT {project:String}, {first:Date}, {at:DateTime}, {versions:Array(String)}");
  private static final LocalDate DAY = LocalDate.of(2024, 8, 12);
  private static final Instant INSTANT = Instant.parse("2024-08-12T00:00:00Z");
  private static final List<String> VERSIONS = List.of("2.2.0", "2.2.1", "2.2.2", "2.2.3");

  /** A text, a day, an instant and a list. */
  @Benchmark
  public Map<String, Object> bind() {
    return Parameters.forDriver(
        STATEMENT
            .bind("project", "scikit-learn")
            .bind("first", DAY)
            .bind("at", INSTANT)
            .bind("versions", VERSIONS)
            .parameters());
  }
}
