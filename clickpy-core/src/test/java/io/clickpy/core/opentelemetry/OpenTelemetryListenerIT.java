package io.clickpy.core.opentelemetry;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import io.clickpy.core.QueryResult;
import io.clickpy.core.TestServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Spans and metrics of real queries, as the SDK gives them to an exporter. */
class OpenTelemetryListenerIT {
  private static final Query<Long> QUERY =
      Query.of("SELECT number AS x FROM numbers({n:UInt8})", row -> row.longValue("x"))
          .bind("n", 3)
          .readingFrom("numbers");

  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  private ClickPy clickpy;

  @BeforeEach
  void connect() {
    clickpy =
        ClickPy.connect(
            TestServer.config()
                .database("default")
                .listener(OpenTelemetryListener.of(TELEMETRY.getOpenTelemetry()))
                .build());
  }

  @AfterEach
  void close() {
    clickpy.close();
  }

  @Test
  void aQueryIsASpanByTheConventions() {
    QueryResult<Long> result = QUERY.fetch(clickpy);

    SpanData span = onlySpan();
    assertThat(span.getName()).isEqualTo("SELECT numbers");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getAttributes().asMap())
        .isEqualTo(
            common().toBuilder()
                .put("db.query.text", "SELECT number AS x FROM numbers({n:UInt8})")
                .put("db.response.returned_rows", 3)
                .put("clickpy.query_id", result.statistics().queryId())
                .put("clickpy.attempts", 1)
                .put("clickpy.rows_read", 3)
                .put("clickpy.bytes_read", 24)
                .build()
                .asMap());
  }

  @Test
  void theDurationIsMeasuredWithAttributesOfFewValues() {
    assertThat(QUERY.fetch(clickpy)).hasSize(3);

    MetricData metric = TELEMETRY.getMetrics().get(0);
    assertThat(TELEMETRY.getMetrics()).hasSize(1);
    assertThat(metric.getName()).isEqualTo("db.client.operation.duration");
    assertThat(metric.getUnit()).isEqualTo("s");
    HistogramPointData point = metric.getHistogramData().getPoints().iterator().next();
    assertThat(point.getCount()).isEqualTo(1);
    assertThat(point.getSum()).isPositive();
    assertThat(point.getBoundaries())
        .containsExactly(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
    assertThat(point.getAttributes()).isEqualTo(common());
  }

  @Test
  void aFailureIsASpanWithItsError() {
    Query<Long> unknown = Query.of("SELECT nonsense", row -> 1L);

    assertThatThrownBy(() -> unknown.fetch(clickpy)).isInstanceOf(QueryException.class);

    SpanData span = onlySpan();
    assertThat(span.getName()).isEqualTo("SELECT");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription()).contains("nonsense");
    assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("INVALID_QUERY");
    assertThat(span.getAttributes().get(stringKey("db.response.status_code"))).isEqualTo("47");
    assertThat(span.getAttributes().get(longKey("clickpy.rows_read"))).isNull();
    assertThat(span.getEvents()).hasSize(1);
    HistogramPointData point =
        TELEMETRY.getMetrics().get(0).getHistogramData().getPoints().iterator().next();
    assertThat(names(point.getAttributes()))
        .contains("error.type", "db.response.status_code")
        .doesNotContain("clickpy.query_id", "db.query.text", "db.collection.name");
  }

  @Test
  void aSpanIsAChildOfTheOneInWhichTheProgramAsksAlsoInTheBackground() throws Exception {
    Span parent = TELEMETRY.getOpenTelemetry().getTracer("test").spanBuilder("parent").startSpan();
    try (Scope scope = parent.makeCurrent()) {
      QUERY.fetchAsync(clickpy).get();
    } finally {
      parent.end();
    }
    Map<String, SpanData> spans =
        TELEMETRY.getSpans().stream().collect(Collectors.toMap(SpanData::getName, span -> span));
    assertThat(spans.get("SELECT numbers").getParentSpanId())
        .isEqualTo(spans.get("parent").getSpanId());
  }

  private SpanData onlySpan() {
    assertThat(TELEMETRY.getSpans()).hasSize(1);
    return TELEMETRY.getSpans().get(0);
  }

  private Attributes common() {
    return Attributes.builder()
        .put("db.system.name", "clickhouse")
        .put("db.namespace", "default")
        .put("db.operation.name", "SELECT")
        .put("db.collection.name", "numbers")
        .put("db.query.summary", "SELECT numbers")
        .put("server.address", clickpy.config().endpoint().getHost())
        .put("server.port", clickpy.config().endpoint().getPort())
        .build();
  }

  private static Set<String> names(Attributes attributes) {
    return attributes.asMap().keySet().stream()
        .map(AttributeKey::getKey)
        .collect(Collectors.toSet());
  }
}
