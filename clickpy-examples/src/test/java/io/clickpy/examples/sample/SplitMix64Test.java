package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitMix64Test {
  /** The first numbers that the published algorithm gives for this seed. */
  @Test
  void numbersAreThoseOfThePublishedAlgorithm() {
    SplitMix64 random = new SplitMix64(1234567);

    assertThat(random.next()).isEqualTo(6457827717110365317L);
    assertThat(random.next()).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(random.next())).isEqualTo("9817491932198370423");
  }

  @Test
  void boundedNumbersReachBothEndsAndNoFurther() {
    assertThat(SplitMix64.below(0, 10)).isZero();
    assertThat(SplitMix64.below(-1, 10)).isEqualTo(9);
    assertThat(SplitMix64.below(-1, 1L << 32)).isEqualTo((1L << 32) - 1);
    assertThat(SplitMix64.unit(0)).isZero();
    assertThat(SplitMix64.unit(-1)).isLessThan(1).isGreaterThan(0.999);
  }
}
