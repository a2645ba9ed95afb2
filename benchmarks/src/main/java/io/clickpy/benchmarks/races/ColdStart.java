package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.peers.DriverRecords;
import io.clickpy.benchmarks.peers.Jdbc;
import io.clickpy.benchmarks.peers.PlainHttp;
import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import java.net.URI;

/**
 * Connects, asks one question, and prints how many nanoseconds that took in a JVM that has done
 * nothing before.
 */
final class ColdStart {
  static final String CLICKPY = "clickpy";
  static final String HTTP = "java.net.http by hand (floor)";
  static final String JDBC = "clickhouse-jdbc";
  static final String DRIVER = "client-v2 queryAll";

  private ColdStart() {}

  /**
   * Asks.
   *
   * @param args the side, the endpoint, the database
   */
  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    long answer = ask(args[0], URI.create(args[1]), args[2]);
    long nanos = System.nanoTime() - start;
    if (answer != 1) {
      throw new IllegalStateException("The answer is not 1: " + answer);
    }
    System.out.println(nanos);
  }

  private static long ask(String side, URI endpoint, String database) throws Exception {
    Query<Long> question = Query.of("SELECT toInt64(1) AS one", row -> row.longValue("one"));
    switch (side) {
      case CLICKPY -> {
        try (ClickPy clickpy = ClickPy.connect(endpoint + "/" + database)) {
          return question.fetch(clickpy).get(0);
        }
      }
      case HTTP -> {
        return new PlainHttp(endpoint, database).fetch(question, in -> in.int64()).get(0);
      }
      case JDBC -> {
        try (Jdbc jdbc = new Jdbc(endpoint, database)) {
          return jdbc.fetch(question, row -> row.getLong(1)).get(0);
        }
      }
      case DRIVER -> {
        try (DriverRecords driver = new DriverRecords(endpoint, database)) {
          return driver.fetch(question, row -> row.getLong("one")).get(0);
        }
      }
      default -> throw new IllegalArgumentException("Invalid side: '" + side + "'.");
    }
  }
}
