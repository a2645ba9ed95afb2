package io.clickpy.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
  private final List<String> order = new ArrayList<>();

  @Test
  void everyRoundRunsEverySideInAnotherOrder() throws Exception {
    Race.of("work", "s", side("a", 1), side("b", 2), side("c", 3)).run(2, line -> {});

    assertThat(order).containsExactly("a", "b", "c", "b", "c", "a", "c", "a", "b");
  }

  @Test
  void theFirstRoundDoesNotCount() throws Exception {
    RaceResult result = Race.of("work", "s", side("a", 9, 1, 2, 3)).run(3, line -> {});

    assertThat(result.side("a").laps()).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void ratiosAreTakenWithinARound() throws Exception {
    RaceResult result =
        Race.of("work", "s", side("ours", 0, 1, 2, 4), side("theirs", 0, 3, 4, 16))
            .run(3, line -> {});

    assertThat(result.ratios(result.side("theirs"))).isEqualTo(new Spread(2, 3, 4));
    assertThat(result.ratios(result.side("ours"))).isEqualTo(new Spread(1, 1, 1));
  }

  @Test
  void theTableShowsTheSpreadsAndTheRatios() throws Exception {
    RaceResult result =
        Race.of("work", "s", side("ours", 0, 1, 2, 4), side("theirs", 0, 3, 4, 160))
            .run(3, line -> {});

    assertThat(result.table().markdown())
        .isEqualTo(
            """
            **work**

            | side   | min s | median s | max s | × ours | min  | max  |
            | ------ | ----- | -------- | ----- | ------ | ---- | ---- |
            | ours   | 1.00  | 2.00     | 4.00  | 1.00   | 1.00 | 1.00 |
            | theirs | 3.00  | 4.00     | 160   | 3.00   | 2.00 | 40.0 |
            """);
  }

  @Test
  void sidesOfOneNameAreRefused() {
    assertThatThrownBy(() -> Race.of("work", "s", side("a", 1), side("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid sides: [a, a] (must be some, of different names).");
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(1, 2.5, 4));
  }

  @Test
  void aSpreadOfNothingIsRefused() {
    assertThatThrownBy(() -> Spread.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid measurements: none (must be at least one).");
  }

  /** Measures one after the other of these, the last again and again. */
  private Side side(String name, double... laps) {
    List<Double> left = new ArrayList<>();
    for (double lap : laps) {
      left.add(lap);
    }
    return new Side(
        name,
        () -> {
          order.add(name);
          return left.size() > 1 ? left.remove(0) : left.get(0);
        });
  }
}
