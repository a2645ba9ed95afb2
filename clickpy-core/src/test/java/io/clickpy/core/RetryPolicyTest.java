package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  void pausesGrowUpToTheLongest() {
    RetryPolicy policy = new RetryPolicy(100, Duration.ofMillis(100), Duration.ofMillis(800));

    for (int round = 0; round < 100; round++) {
      assertThat(policy.delayAfter(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
      assertThat(policy.delayAfter(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(policy.delayAfter(99)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
        .hasMessage("Invalid maxAttempts: 0 (must be > 0)");
    assertThatThrownBy(() -> new RetryPolicy(2, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("Invalid delays: PT2S to PT1S (must be 0 <= firstDelay <= maxDelay)");
  }
}
