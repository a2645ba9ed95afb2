package io.clickpy.query.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableQuantityTest {
  /** As ClickHouse 26.7 answers. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "1, 1.00",
    "999, 999.00",
    "1000, 1.00 thousand",
    "1005, 1.00 thousand",
    "1015, 1.01 thousand",
    "1025, 1.02 thousand",
    "999994, 999.99 thousand",
    "999995, 1000.00 thousand",
    "999999, 1000.00 thousand",
    "1000000, 1.00 million",
    "1234567890123, 1.23 trillion",
    "9223372036854775807, 9.22 quintillion",
    "-1, -1.00",
    "-1500, -1.50 thousand",
  })
  void quantitiesReadAsInClickHouse(long quantity, String text) {
    assertThat(ReadableQuantity.format(quantity)).isEqualTo(text);
  }

  /** As ClickHouse's blog prints the downloads of pandas. */
  @ParameterizedTest
  @CsvSource({
    "9787106, 9.79 million",
    "9727401, 9.73 million",
    "9309011, 9.31 million",
    "8825396, 8.83 million",
    "9428220, 9.43 million",
    "5915869, 5.92 million",
    "5955829, 5.96 million",
    "9118143, 9.12 million",
    "9846985, 9.85 million",
  })
  void downloadsOfPandasReadAsInTheBlog(long quantity, String text) {
    assertThat(ReadableQuantity.format(quantity)).isEqualTo(text);
  }
}
