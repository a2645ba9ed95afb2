package io.clickpy.examples.sample;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Splits a whole number in proportion to weights, by the method of the largest remainder: nothing
 * is lost to rounding.
 */
final class Apportionment {
  private Apportionment() {}

  /**
   * The parts, in the order of the weights. No part exceeds its exact share rounded up.
   *
   * @param weights none negative; all zero only if the total is
   */
  static long[] split(long total, long... weights) {
    BigInteger sum = BigInteger.valueOf(Arrays.stream(weights).sum());
    long[] parts = new long[weights.length];
    if (total == 0) {
      return parts;
    }
    BigInteger[] remainders = new BigInteger[weights.length];
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      BigInteger[] share =
          BigInteger.valueOf(total)
              .multiply(BigInteger.valueOf(weights[i]))
              .divideAndRemainder(sum);
      parts[i] = share[0].longValueExact();
      remainders[i] = share[1];
      left -= parts[i];
    }
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .limit(left)
        .forEach(i -> parts[i]++);
    return parts;
  }
}
