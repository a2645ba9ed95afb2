package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.RetryPolicy;
import io.clickpy.core.schema.PypiSchema;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a batch until it is in the raw table and every rollup, or until there is no hope.
 *
 * <p>Each table drops what it has already, by the batch's token, and takes what it lacks: so the
 * same batch is sent again whatever happened to the try before, once that has certainly ended.
 * Thread-safe.
 */
public final class BatchSender {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);

  /** Our tokens are nobody else's. */
  private static final String TOKEN = "clickpy-write-";

  /** What waiting will not mend. */
  private static final Set<ErrorCode> HOPELESS =
      Set.of(
          ErrorCode.AUTHENTICATION,
          ErrorCode.ACCESS_DENIED,
          ErrorCode.NOT_FOUND,
          ErrorCode.INVALID_QUERY,
          ErrorCode.INVALID_DATA);

  /** Only the pauses count: a batch is tried as long as its patience lasts. */
  private static final RetryPolicy PAUSES =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(100), Duration.ofSeconds(5));

  private final ClickPy clickpy;
  private final Duration patience;
  private final boolean newerSwitch;

  private BatchSender(ClickPy clickpy, Duration patience, boolean newerSwitch) {
    this.clickpy = clickpy;
    this.patience = patience;
    this.newerSwitch = newerSwitch;
  }

  /**
   * Returns a sender.
   *
   * @param patience how long a batch is tried
   */
  public static BatchSender of(ClickPy clickpy, Duration patience) {
    boolean newerSwitch =
        !Query.of(
                "SELECT name FROM system.settings WHERE name = 'deduplicate_insert'",
                row -> row.string("name"))
            .fetch(clickpy)
            .isEmpty();
    return new BatchSender(clickpy, patience, newerSwitch);
  }

  /**
   * Sends a batch.
   *
   * @throws ClickPyException if it was given up; none, some or all of the tables may have it
   */
  public void send(Batch batch) {
    Insert insert = insert(batch);
    long start = System.nanoTime();
    for (int failures = 0; ; failures++) {
      try {
        insert.execute(clickpy);
        LOG.debug("Batch {} of {} downloads is written", batch.id(), batch.rows().rows());
        return;
      } catch (ClickPyException e) {
        recover(batch, e, start, failures);
      }
    }
  }

  /** Returns when the batch may be sent again: what was sent has ended. */
  private void recover(Batch batch, ClickPyException failure, long start, int failures) {
    ClickPyException latest = failure;
    while (true) {
      if (HOPELESS.contains(latest.code()) || System.nanoTime() - start >= patience.toNanos()) {
        throw latest;
      }
      LOG.warn("Batch {} is not written yet: {}", batch.id(), latest.getMessage());
      pause(failures, latest);
      try {
        failure.queryId().ifPresent(clickpy::settle);
        return;
      } catch (ClickPyException e) {
        latest = e;
      }
    }
  }

  private static void pause(int failures, ClickPyException reason) {
    try {
      Thread.sleep(PAUSES.delayAfter(failures + 1).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickPyException(
          ErrorCode.CANCELLED,
          "Interrupted while the batch could not be written (%s)".formatted(reason.getMessage()),
          reason);
    }
  }

  private Insert insert(Batch batch) {
    String target =
        "%s (%s)".formatted(PypiSchema.ofDefaults().downloads().name(), DownloadRows.COLUMNS);
    Insert insert =
        Insert.into(target, "RowBinary", batch.rows()::writeTo)
            .repeatable()
            .setting("insert_deduplicate", "1")
            .setting("insert_deduplication_token", TOKEN + batch.id())
            .setting("deduplicate_blocks_in_dependent_materialized_views", "1")
            // A token names one block: a second would make its own, and a retry must cut alike.
            .setting("max_insert_threads", "1")
            .setting("min_insert_block_size_rows", Integer.toString(Integer.MAX_VALUE))
            .setting("min_insert_block_size_bytes", "0")
            // A view that fails must fail the insert.
            .setting("materialized_views_ignore_errors", "0")
            // Of one block, each view makes rows that need no merging.
            .setting("optimize_on_insert", "0");
    return newerSwitch ? insert.setting("deduplicate_insert", "enable") : insert;
  }
}
