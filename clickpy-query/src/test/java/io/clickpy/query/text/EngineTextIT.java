package io.clickpy.query.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Quantities and bars are those of ClickHouse, over random numbers; {@code -Dclickpy.test.seed}
 * repeats a run.
 */
class EngineTextIT {
  private static final long SEED = Long.getLong("clickpy.test.seed", new Random().nextLong());
  private static final Random RANDOM = new Random(SEED);

  private static ClickPy clickpy;

  @BeforeAll
  static void connect() {
    clickpy = ClickPy.connect(TestServer.config().database("default").build());
    System.out.println("EngineTextIT: seed " + SEED);
  }

  @AfterAll
  static void close() {
    clickpy.close();
  }

  @Test
  void quantitiesReadAsThoseOfTheEngine() {
    check(
        Stream.of(0L, 1L, 999L, 1_000L, 999_994L, 999_995L, 999_999L, Long.MAX_VALUE)
            .flatMap(n -> Stream.of(n, -n))
            .toList());
    for (int i = 0; i < 20; i++) {
      check(Stream.generate(EngineTextIT::number).limit(1_000).toList());
    }
  }

  private static void check(List<Long> numbers) {
    assertThat(numbers.stream().map(ReadableQuantity::format))
        .as("seed " + SEED)
        .isEqualTo(
            strings(
                Query.of(
                        "SELECT arrayMap(n -> formatReadableQuantity(n), {ns:Array(Int64)}) AS s",
                        row -> row.strings("s"))
                    .bind("ns", numbers)));
  }

  @Test
  void barsAreThoseOfTheEngine() {
    for (int i = 0; i < 200; i++) {
      long min = RANDOM.nextInt(3) == 0 ? number() : 0;
      long max = min + 1 + RANDOM.nextInt(1 + RANDOM.nextInt(Integer.MAX_VALUE));
      int width = 1 + RANDOM.nextInt(RANDOM.nextBoolean() ? 20 : 1000);
      List<Long> values =
          LongStream.generate(() -> min - 5 + (long) (RANDOM.nextDouble() * (max - min + 10)))
              .limit(100)
              .boxed()
              .toList();

      assertThat(values.stream().map(value -> Bar.of(value, min, max, width)))
          .as("seed %d: %d to %d, %d wide: %s", SEED, min, max, width, values)
          .isEqualTo(
              strings(
                  Query.of(
                          "SELECT arrayMap(n -> bar(n, {min:Int64}, {max:Int64}, {width:UInt16}),"
                              + " {ns:Array(Int64)}) AS s",
                          row -> row.strings("s"))
                      .bind("min", min)
                      .bind("max", max)
                      .bind("width", width)
                      .bind("ns", values)));
    }
  }

  private static List<String> strings(Query<List<String>> query) {
    return query.fetch(clickpy).get(0);
  }

  /** Of any magnitude and sign. */
  private static long number() {
    return RANDOM.nextLong() >> RANDOM.nextInt(64);
  }
}
