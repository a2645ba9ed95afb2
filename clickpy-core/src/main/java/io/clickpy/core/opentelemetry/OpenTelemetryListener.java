package io.clickpy.core.opentelemetry;

import io.clickpy.core.QueryEnd;
import io.clickpy.core.QueryListener;
import io.clickpy.core.QueryStart;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a span of each query, command and insert, and measures how long it took, by OpenTelemetry's
 * conventions for database clients: spans of kind {@code CLIENT} named as {@code SELECT
 * pypi_downloads_per_day}, and the histogram {@code db.client.operation.duration}. A span covers
 * all attempts; it is a child of the span that is current where the program asks, also if the
 * answer is fetched in the background.
 *
 * <p>The attributes are {@code db.system.name}, {@code db.namespace}, {@code db.operation.name},
 * {@code db.collection.name}, {@code db.query.summary}, {@code server.address}, {@code
 * server.port}, and in case of an error {@code error.type} and {@code db.response.status_code}. A
 * span also has {@code db.query.text}, whose values are bound and not in it, {@code
 * db.response.returned_rows}, {@code clickpy.query_id}, {@code clickpy.attempts}, {@code
 * clickpy.rows_read} and {@code clickpy.bytes_read}.
 *
 * <p>Thread-safe. It closes nothing: the telemetry belongs to who made it.
 *
 * <pre>{@code
 * import io.clickpy.core.opentelemetry.OpenTelemetryListener;
 * import io.opentelemetry.api.GlobalOpenTelemetry;
 *
 * ClickPyConfig config =
 *     ClickPyConfig.builder("http://localhost:8123")
 *         .listener(OpenTelemetryListener.of(GlobalOpenTelemetry.get()))
 *         .build();
 * }</pre>
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/">Semantic conventions for
 *     database calls and systems</a>
 */
public final class OpenTelemetryListener implements QueryListener {
  private static final String SCOPE = "io.clickpy.core";
  private static final double NANOS_IN_A_SECOND = 1e9;

  /** As the conventions want them, in seconds. */
  private static final List<Double> BUCKETS =
      List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

  private final Tracer tracer;
  private final DoubleHistogram durations;

  private OpenTelemetryListener(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer(SCOPE);
    durations =
        telemetry
            .getMeter(SCOPE)
            .histogramBuilder("db.client.operation.duration")
            .setUnit("s")
            .setDescription("Duration of database client operations.")
            .setExplicitBucketBoundariesAdvice(BUCKETS)
            .build();
  }

  /** Returns a listener that tells what it hears to this telemetry. */
  public static OpenTelemetryListener of(OpenTelemetry telemetry) {
    return new OpenTelemetryListener(telemetry);
  }

  @Override
  public Consumer<QueryEnd> started(QueryStart start) {
    Attributes what = QueryAttributes.of(start);
    Span span =
        tracer
            .spanBuilder(QueryAttributes.summary(start))
            .setSpanKind(SpanKind.CLIENT)
            .setAllAttributes(what)
            .setAttribute(QueryAttributes.QUERY_TEXT, start.sql())
            .startSpan();
    return end -> {
      Attributes error = QueryAttributes.ofError(end);
      span.setAllAttributes(error).setAllAttributes(QueryAttributes.of(end));
      end.error()
          .ifPresent(
              thrown -> {
                span.setStatus(StatusCode.ERROR, String.valueOf(thrown.getMessage()));
                span.recordException(thrown);
              });
      span.end();
      durations.record(
          end.elapsed().toNanos() / NANOS_IN_A_SECOND, what.toBuilder().putAll(error).build());
    };
  }
}
