package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DateRangeTest {
  private static final LocalDate DAY = LocalDate.of(2024, 8, 12);

  @Test
  void oneDayIsARange() {
    assertThat(DateRange.of(DAY, DAY)).hasToString("2024-08-12/2024-08-12");
  }

  @Test
  void aLastDayBeforeTheFirstIsRefused() {
    assertThatThrownBy(() -> DateRange.of(DAY, DAY.minusDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid date range: 2024-08-12 to 2024-08-11 (the last day is before the first)");
  }
}
