package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ApportionmentTest {
  @Test
  void theLargestRemaindersGetWhatRoundingLeaves() {
    assertThat(Apportionment.split(10, 1, 1, 1)).containsExactly(4, 3, 3);
    assertThat(Apportionment.split(10, 53, 24, 23)).containsExactly(5, 3, 2);
  }

  @Test
  void nothingIsLostOfLargeNumbers() {
    long total = 2_949_760_925_000L;

    long[] parts = Apportionment.split(total, 10_861, 11_320, 7_140, 0);

    assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
    assertThat(parts[3]).isZero();
  }

  @Test
  void nothingIsSplitIntoNothing() {
    assertThat(Apportionment.split(0, 0, 0)).containsExactly(0, 0);
  }

  @Test
  void dealingOutAPackNeverTakesMoreThanThereIs() {
    assertThat(Apportionment.split(3, 1, 1, 1)).containsExactly(1, 1, 1);
    assertThat(Apportionment.split(2, 1, 1, 1)).containsExactly(1, 1, 0);
  }
}
