package io.clickpy.benchmarks.races;

import io.clickpy.core.ClickPy;

/** Streams rows, in a JVM whose heap its parent has limited. */
final class StreamInSmallHeap {
  private StreamInSmallHeap() {}

  /**
   * Streams.
   *
   * @param args the endpoint, the database, the number of rows
   */
  public static void main(String[] args) {
    try (ClickPy clickpy = ClickPy.connect(args[0] + "/" + args[1])) {
      System.out.println(QueryRace.sum(QueryRace.streamed(Integer.parseInt(args[2])), clickpy));
    }
  }
}
