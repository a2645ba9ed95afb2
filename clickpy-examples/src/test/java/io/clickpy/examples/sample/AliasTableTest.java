package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AliasTableTest {
  @Test
  void valuesComeInProportionToTheirWeights() {
    Map<Integer, Double> weights = Map.of(1, 70.0, 2, 20.0, 3, 9.9, 4, 0.1, 5, 0.0);
    AliasTable<Integer> table = AliasTable.of(List.of(1, 2, 3, 4, 5), weights::get);
    SplitMix64 random = new SplitMix64(7);
    int draws = 1_000_000;

    Map<Integer, Integer> seen = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      seen.merge(table.pick(random.next()), 1, Integer::sum);
    }

    assertThat(seen).doesNotContainKey(5);
    seen.forEach(
        (value, times) ->
            assertThat(100.0 * times / draws).isCloseTo(weights.get(value), within(0.25)));
    assertThat(seen.get(4)).isBetween(850, 1150);
  }

  @Test
  void aSingleValueIsAlwaysPicked() {
    AliasTable<String> table = AliasTable.of(List.of("only"), value -> 0.3);

    assertThat(table.pick(0)).isEqualTo("only");
    assertThat(table.pick(-1)).isEqualTo("only");
  }
}
