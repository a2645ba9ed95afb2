package io.clickpy.core.micrometer;

import io.clickpy.core.QueryEnd;
import io.clickpy.core.QueryListener;
import io.clickpy.core.QueryStart;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Measures each query, command and insert:
 *
 * <ul>
 *   <li>{@code clickpy.queries}, a timer of those that ended, all attempts included;
 *   <li>{@code clickpy.queries.active}, a long task timer of those under way;
 *   <li>{@code clickpy.queries.repeats}, a counter of attempts beyond the first;
 *   <li>{@code clickpy.rows.returned}, {@code clickpy.rows.read} and {@code clickpy.bytes.read},
 *       distributions; what was read is not known of streams and failures.
 * </ul>
 *
 * <p>The tags are {@code database}, {@code operation}, as {@code SELECT}, {@code table}, {@code
 * none} where the query does not say it, and of {@code clickpy.queries} also {@code error}, which
 * is {@code none} or an {@link io.clickpy.core.ErrorCode}.
 *
 * <p>Thread-safe. It closes nothing: the registry belongs to who made it.
 *
 * <pre>{@code
 * import io.clickpy.core.micrometer.MicrometerListener;
 * import io.micrometer.core.instrument.Metrics;
 *
 * ClickPyConfig config =
 *     ClickPyConfig.builder("http://localhost:8123")
 *         .listener(MicrometerListener.of(Metrics.globalRegistry))
 *         .build();
 * }</pre>
 */
public final class MicrometerListener implements QueryListener {
  private static final String NONE = "none";

  private final MeterRegistry registry;

  private MicrometerListener(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /** Returns a listener that tells what it hears to this registry. */
  public static MicrometerListener of(MeterRegistry registry) {
    return new MicrometerListener(registry);
  }

  @Override
  public Consumer<QueryEnd> started(QueryStart start) {
    Tags tags =
        Tags.of(
            "database", start.database().value(),
            "operation", start.operation(),
            "table", start.table().orElse(NONE));
    LongTaskTimer.Sample active =
        registry.more().longTaskTimer("clickpy.queries.active", tags).start();
    return end -> {
      active.stop();
      ended(end, tags);
    };
  }

  private void ended(QueryEnd end, Tags tags) {
    registry
        .timer("clickpy.queries", tags.and("error", end.errorType().orElse(NONE)))
        .record(end.elapsed());
    registry.counter("clickpy.queries.repeats", tags).increment(Math.max(0, end.attempts() - 1));
    distribution("clickpy.rows.returned", "rows", tags).record((double) end.rows());
    end.statistics()
        .ifPresent(
            statistics -> {
              distribution("clickpy.rows.read", "rows", tags)
                  .record((double) statistics.rowsRead());
              distribution("clickpy.bytes.read", "bytes", tags)
                  .record((double) statistics.bytesRead());
            });
  }

  private DistributionSummary distribution(String name, String unit, Tags tags) {
    return DistributionSummary.builder(name).baseUnit(unit).tags(tags).register(registry);
  }
}
