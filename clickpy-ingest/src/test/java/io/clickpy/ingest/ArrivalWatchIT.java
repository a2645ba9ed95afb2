package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalWatchIT extends LoaderTestBase {
  private static final Duration DAY = Duration.ofDays(1);
  private static final LocalDate TENTH = LocalDate.of(2024, 8, 10);

  private final Hands hands = new Hands();
  private final Heard heard = new Heard();
  private final Completeness completeness = Completeness.of(clickpy).clock(hands);

  @Test
  void silenceIsToldOnceAndItsEndToo() {
    insert(TENTH);
    ArrivalWatch watch = completeness.watch(DAY, heard);
    at("2024-08-10T12:00:00Z", watch);
    at("2024-08-12T00:00:00Z", watch);
    assertThat(heard.events).as("not longer than allowed").isEmpty();

    Silence silence = new Silence(Optional.of(TENTH), Instant.parse("2024-08-11T00:00:00Z"), DAY);
    at("2024-08-12T00:00:01Z", watch);
    at("2024-08-13T00:00:00Z", watch);
    assertThat(heard.events).containsExactly("stopped", silence);

    insert(TENTH.minusDays(5));
    at("2024-08-13T01:00:00Z", watch);
    assertThat(heard.events).as("old days are no sign of life").hasSize(2);

    insert(TENTH.plusDays(2));
    at("2024-08-13T02:00:00Z", watch);
    at("2024-08-13T03:00:00Z", watch);
    assertThat(heard.events).containsExactly("stopped", silence, "resumed", silence);
    at("2024-08-15T00:00:00Z", watch);
    assertThat(heard.events).hasSize(6);
  }

  @Test
  void whereNothingHasEverArrivedTheTimeCountsFromTheBeginning() {
    hands.now = Instant.parse("2024-08-10T12:00:00Z");
    ArrivalWatch watch = completeness.watch(DAY, heard);
    at("2024-08-11T12:00:00Z", watch);
    assertThat(heard.events).isEmpty();
    at("2024-08-11T12:00:01Z", watch);
    assertThat(heard.events)
        .containsExactly(
            "stopped", new Silence(Optional.empty(), Instant.parse("2024-08-10T12:00:00Z"), DAY));
  }

  @Test
  void itNeverThrowsWhateverHappens() {
    insert(TENTH);
    ArrivalWatch broken =
        completeness.watch(
            DAY,
            silence -> {
              heard.events.add("stopped");
              throw new IllegalStateException("a broken listener");
            });
    at("2024-08-20T00:00:00Z", broken);
    at("2024-08-20T01:00:00Z", broken);
    assertThat(heard.events).as("told once, however it was taken").containsExactly("stopped");

    Command.of("DROP TABLE pypi_downloads_overall_per_day SYNC").execute(clickpy);
    at("2024-08-21T00:00:00Z", broken);
    at("2024-08-21T00:00:00Z", completeness.watch(DAY, heard));
    assertThat(heard.events).containsExactly("stopped", ErrorCode.NOT_FOUND);
  }

  @Test
  void anAgeIsNotNegative() {
    assertThatThrownBy(() -> completeness.watch(Duration.ofHours(-1), heard))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid age of data: PT-1H (must be >= 0)");
  }

  private void at(String time, ArrivalWatch watch) {
    hands.now = Instant.parse(time);
    watch.run();
  }

  private void insert(LocalDate day) {
    Command.of("INSERT INTO pypi (date, project) VALUES ('%s', 'pandas')".formatted(day))
        .execute(clickpy);
  }

  /** Of a clock that somebody sets. */
  private static final class Hands extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Heard implements ArrivalListener {
    private final List<Object> events = new ArrayList<>();

    @Override
    public void onStopped(Silence silence) {
      events.addAll(List.of("stopped", silence));
    }

    @Override
    public void onResumed(Silence ended) {
      events.addAll(List.of("resumed", ended));
    }

    @Override
    public void onFailed(ClickPyException failure) {
      events.add(failure.code());
    }
  }
}
