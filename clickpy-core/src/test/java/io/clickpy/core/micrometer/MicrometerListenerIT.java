package io.clickpy.core.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import io.clickpy.core.RetryPolicy;
import io.clickpy.core.TestServer;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meters of real queries. */
class MicrometerListenerIT {
  private static final Query<Long> QUERY =
      Query.of("SELECT number AS x FROM numbers(3)", row -> row.longValue("x"))
          .readingFrom("numbers");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private ClickPy clickpy;

  @BeforeEach
  void connect() {
    clickpy =
        ClickPy.connect(
            TestServer.config()
                .database("default")
                .retries(new RetryPolicy(3, Duration.ZERO, Duration.ZERO))
                .listener(MicrometerListener.of(registry))
                .build());
  }

  @AfterEach
  void close() {
    clickpy.close();
  }

  @Test
  void queriesAreTimedAndTheirRowsCounted() {
    assertThat(QUERY.fetch(clickpy)).hasSize(3);
    assertThat(QUERY.fetch(clickpy)).hasSize(3);

    Timer timer = registry.get("clickpy.queries").timer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(timer.getId().getTags())
        .containsExactlyInAnyOrder(
            Tag.of("database", "default"),
            Tag.of("operation", "SELECT"),
            Tag.of("table", "numbers"),
            Tag.of("error", "none"));
    assertThat(registry.get("clickpy.rows.returned").summary().totalAmount()).isEqualTo(6);
    assertThat(registry.get("clickpy.rows.read").summary().totalAmount()).isEqualTo(6);
    assertThat(registry.get("clickpy.bytes.read").summary().totalAmount()).isEqualTo(48);
    assertThat(registry.get("clickpy.queries.repeats").counter().count()).isZero();
  }

  @Test
  void aFailureIsTimedApartAndItsRepeatsAreCounted() {
    Query<Long> failing =
        Query.of(
                "SELECT throwIf(1, 'of the network', toInt16(210)) AS x", row -> row.longValue("x"))
            .setting("allow_custom_error_code_in_throwif", "1");

    assertThatThrownBy(() -> failing.fetch(clickpy)).isInstanceOf(QueryException.class);

    assertThat(registry.get("clickpy.queries").tag("error", "SERVER").timer().count()).isEqualTo(1);
    assertThat(registry.get("clickpy.queries.repeats").tag("table", "none").counter().count())
        .isEqualTo(2);
    assertThat(registry.find("clickpy.rows.read").summary()).isNull();
  }

  @Test
  void aStreamIsActiveUntilItIsClosed() {
    try (Stream<Long> rows = QUERY.stream(clickpy)) {
      assertThat(registry.get("clickpy.queries.active").longTaskTimer().activeTasks()).isEqualTo(1);
    }
    assertThat(registry.get("clickpy.queries.active").longTaskTimer().activeTasks()).isZero();
    assertThat(registry.get("clickpy.queries").timer().count()).isEqualTo(1);
  }
}
