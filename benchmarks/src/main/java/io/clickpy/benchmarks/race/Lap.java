package io.clickpy.benchmarks.race;

/** One run of one side of a race. */
@FunctionalInterface
public interface Lap {
  /** Runs, and returns what was measured, in the race's unit. */
  double run() throws Exception;

  /** Returns a lap that measures the seconds that a work takes. */
  static Lap seconds(Work work) {
    return () -> nanos(work) / 1e9;
  }

  /** Returns a lap that repeats a short work and measures the median, in milliseconds. */
  static Lap medianMillis(int times, Work work) {
    return () -> {
      double[] millis = new double[times];
      for (int i = 0; i < times; i++) {
        millis[i] = nanos(work) / 1e6;
      }
      return Spread.of(millis).median();
    };
  }

  private static long nanos(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /** What is timed. */
  @FunctionalInterface
  interface Work {
    /** Works. */
    void run() throws Exception;
  }
}
