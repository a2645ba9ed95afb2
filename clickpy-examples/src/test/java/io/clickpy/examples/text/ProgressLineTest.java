package io.clickpy.examples.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ProgressLine rows = new ProgressLine("rows", 5_000_000);

  @Test
  void aLineTellsShareCountPaceAndRest() {
    assertThat(rows.render(1_250_000, Duration.ofSeconds(5)))
        .isEqualTo(
            "█████                 25%  1.25 million rows, 250.00 thousand rows/s, 0:15 left");
  }

  @Test
  void theRestIsRoundedUpToSecondsAndHasHoursWhenItMust() {
    assertThat(rows.render(4_999_999, Duration.ofSeconds(5))).endsWith(", 0:01 left");
    assertThat(rows.render(1, Duration.ofMillis(1))).endsWith(", 1:23:20 left");
  }

  @Test
  void aFinishedLineHasNoRest() {
    assertThat(rows.render(5_000_000, Duration.ofSeconds(10)))
        .isEqualTo("████████████████████ 100%  5.00 million rows, 500.00 thousand rows/s");
  }

  @Test
  void nothingDoneOrNoTimeGoneHasNoPace() {
    assertThat(rows.render(0, Duration.ofSeconds(5)))
        .isEqualTo(" ".repeat(20) + "   0%  0.00 rows");
    assertThat(rows.render(50_000, Duration.ZERO))
        .isEqualTo("▏" + " ".repeat(19) + "   1%  50.00 thousand rows");
  }

  @Test
  void percentStayBetweenNoneAndAll() {
    assertThat(rows.percent(-1)).isZero();
    assertThat(rows.percent(4_999_999)).isEqualTo(99);
    assertThat(rows.percent(6_000_000)).isEqualTo(100);
    assertThat(new ProgressLine("rows", 0).percent(0)).isEqualTo(100);
  }

  @Test
  void aNegativeTotalIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProgressLine("rows", -1))
        .withMessage("Invalid total: -1 (must not be negative).");
  }
}
