package io.clickpy.query.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarTest {
  @ParameterizedTest
  @CsvSource({
    "0, ''", "1, ▏", "2, ▎", "3, ▍", "4, ▌", "5, ▋", "6, ▊", "7, ▉", "8, █", "9, █▏", "15, █▉",
    "16, ██",
  })
  void eachEighthHasItsBlock(int eighths, String bar) {
    assertThat(Bar.of(eighths, 0, 16, 2)).isEqualTo(bar);
  }

  @Test
  void whatDoesNotFillAnEighthIsLeftOut() {
    assertThat(Bar.of(999, 0, 1000, 10)).isEqualTo("█████████▉");
    assertThat(Bar.of(99, 0, 1600, 2)).isEmpty();
  }

  @Test
  void theScaleStartsAtItsLeastValue() {
    assertThat(Bar.of(15, 10, 20, 4)).isEqualTo("██");
    assertThat(Bar.of(-5, -10, 0, 4)).isEqualTo("██");
  }

  @Test
  void valuesOutsideTheScaleAreDrawnAsItsEnds() {
    assertThat(Bar.of(-1, 0, 10, 3)).isEmpty();
    assertThat(Bar.of(11, 0, 10, 3)).isEqualTo("███");
    assertThat(Bar.of(5, 5, 5, 3)).isEmpty();
    assertThat(Bar.of(6, 5, 5, 3)).isEqualTo("███");
  }

  @Test
  void theWidestScaleDoesNotOverflow() {
    assertThat(Bar.of(0, Long.MIN_VALUE, Long.MAX_VALUE, 2)).isEqualTo("█");
  }

  @Test
  void aBarIsEightyCharactersWideUnlessToldOtherwise() {
    assertThat(Bar.of(25, 0, 800)).isEqualTo("██▌");
    assertThat(Bar.of(100, 0, 100)).isEqualTo("█".repeat(80));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 1001})
  void aWidthOutOfRangeIsRefused(int width) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bar.of(1, 0, 10, width))
        .withMessage("Invalid bar width: " + width + " (must be 1 to 1000 characters).");
  }
}
