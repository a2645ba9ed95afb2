package io.clickpy.ingest;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Runs statements in BigQuery, whatever the way to it: its command line, a proxy, or Google's
 * client, which {@link io.clickpy.ingest.bigquery.GoogleBigQuery} uses.
 *
 * <p>Implementations are thread-safe.
 */
public interface BigQueryRunner {
  /**
   * Runs an {@code EXPORT DATA} statement and waits until all files are written.
   *
   * @param sql as {@link BigQueryExport#sql()} returns it
   * @return how many rows were exported, if BigQuery tells
   * @throws IOException if it fails
   * @throws InterruptedException if the thread is interrupted
   */
  OptionalLong export(String sql) throws IOException, InterruptedException;

  /**
   * Runs a query and returns its only number.
   *
   * @param sql as {@link BigQueryExport#countSql()} returns it
   * @throws IOException if it fails
   * @throws InterruptedException if the thread is interrupted
   */
  long count(String sql) throws IOException, InterruptedException;
}
