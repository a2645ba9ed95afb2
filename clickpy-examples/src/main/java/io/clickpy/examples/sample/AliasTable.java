package io.clickpy.examples.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Draws values in proportion to their weights, in constant time: Walker's alias method, built as
 * Vose does.
 *
 * <p>Immutable.
 */
final class AliasTable<T> {
  private static final long ONE = 1L << 32;

  private final List<T> values;
  private final long[] keep;
  private final int[] alias;

  private AliasTable(List<T> values, long[] keep, int[] alias) {
    this.values = values;
    this.keep = keep;
    this.alias = alias;
  }

  /** A table of at least one value; no weight is negative and at least one is positive. */
  static <T> AliasTable<T> of(List<T> values, ToDoubleFunction<? super T> weight) {
    int size = values.size();
    double[] scaled = values.stream().mapToDouble(weight).toArray();
    double total = 0;
    for (double each : scaled) {
      total += each;
    }
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < size; i++) {
      scaled[i] *= size / total;
      (scaled[i] < 1 ? small : large).push(i);
    }
    long[] keep = new long[size];
    int[] alias = new int[size];
    while (!small.isEmpty() && !large.isEmpty()) {
      int less = small.pop();
      int more = large.pop();
      keep[less] = (long) (scaled[less] * ONE);
      alias[less] = more;
      scaled[more] -= 1 - scaled[less];
      (scaled[more] < 1 ? small : large).push(more);
    }
    // What is left has a weight of one but for rounding.
    small.forEach(i -> keep[i] = ONE);
    large.forEach(i -> keep[i] = ONE);
    return new AliasTable<>(List.copyOf(values), keep, alias);
  }

  /** The value that 64 random bits stand for. */
  T pick(long bits) {
    int column = (int) SplitMix64.below(bits, keep.length);
    return values.get((bits & 0xFFFFFFFFL) < keep[column] ? column : alias[column]);
  }
}
