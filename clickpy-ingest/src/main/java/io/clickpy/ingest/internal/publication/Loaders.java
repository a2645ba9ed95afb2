package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The table {@code clickpy_loaders}: which loaders are alive, by the server's clock.
 *
 * <p>Nothing depends on it being right. A loader that is believed dead, and lives, finds its work
 * done by another; one that is believed alive, and is dead, is waited for in vain for a while.
 */
public final class Loaders {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS %s (
        loader String COMMENT 'id of one run of a loader',
        process String COMMENT 'where it runs',
        expires DateTime64(3, 'UTC') COMMENT 'until when it counts as alive without a word',
        ended UInt8 COMMENT '1 if it has said that it ends'
      ) ENGINE = ReplacingMergeTree ORDER BY (loader, ended)
      TTL toDateTime(expires) + INTERVAL 7 DAY\
      """;

  private final ClickPy clickpy;
  private final String table;

  /** The loaders into some tables. */
  public Loaders(ClickPy clickpy, LoadNames names) {
    this.clickpy = clickpy;
    this.table = names.loaders();
  }

  /** Creates the table if it is not there. */
  public void create() {
    Command.of(CREATE.formatted(table)).repeatable().execute(clickpy);
  }

  /** Notes that a loader is alive, and will be heard of again within a time. */
  void alive(String loader, String process, Duration lease) {
    write(loader, process, lease.toMillis(), 0);
  }

  /** Notes that a loader has ended. */
  void ended(String loader, String process) {
    write(loader, process, 0, 1);
  }

  private void write(String loader, String process, long millis, int ended) {
    Command.of(
            "INSERT INTO %s SELECT {loader:String}, {process:String},".formatted(table)
                + " now64(3) + toIntervalMillisecond({millis:UInt64}), {ended:UInt8}")
        .bind("loader", loader)
        .bind("process", process)
        .bind("millis", millis)
        .bind("ended", ended)
        .repeatable()
        .execute(clickpy);
  }

  /** Returns the ids of the loaders that count as alive. */
  Set<String> alive() {
    return new HashSet<>(
        Query.of(
                "SELECT loader FROM %s GROUP BY loader".formatted(table)
                    + " HAVING max(ended) = 0 AND max(expires) > now64(3)",
                row -> row.string("loader"))
            .fetch(clickpy));
  }
}
