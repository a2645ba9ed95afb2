package io.clickpy.ingest;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Download;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.internal.Batch;
import io.clickpy.ingest.internal.BatchLimits;
import io.clickpy.ingest.internal.BatchQueue;
import io.clickpy.ingest.internal.BatchSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes downloads one by one, as a pipeline has them, into the raw table and every rollup.
 *
 * <pre>{@code
 * DeduplicationWindow.of(clickpy).set(10_000); // Once, after migrating.
 *
 * try (DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
 *   writer.write(Download.of(LocalDate.of(2024, 8, 12), "pandas", "2.2.2").withCountry("DE"));
 *   writer.flush(); // Now it is in the tables.
 * }
 * }</pre>
 *
 * <p>Downloads are collected into batches and sent by threads of the writer's own, so {@link
 * #write(Download)} is quick; it waits only while too many batches wait. Each batch is one insert
 * into the raw table, whose views fill the rollups before it counts as written.
 *
 * <h2>What is promised</h2>
 *
 * <p>When {@link #flush()} returns, every download accepted before is in the raw table and in every
 * rollup, once. If a connection breaks in the middle, the writer makes sure that the insert has
 * ended, and sends the same batch again; each table drops what it has and takes what it lacks,
 * because it {@linkplain DeduplicationWindow remembers} the batch. If the server cannot be reached,
 * the writer goes on trying for a while. Then it gives up: from there on every call throws a {@link
 * WriteException}, which has all downloads that are not known to be written.
 *
 * <p>This holds while the tables remember: not if other inserts have pushed a batch out of their
 * windows before it is sent again. It holds on one server. A program that is killed loses what it
 * has not flushed; {@link #write(String, Collection)} lets it repeat that safely, under an id that
 * it finds again, as an offset. A server that is killed in the middle of an insert can, very
 * rarely, remember a batch in a table that it did not bring there.
 *
 * <p>Between the raw table and the last rollup, readers see a batch in some of the tables.
 *
 * <p>Thread-safe. Whoever opens a writer closes it, before the connection.
 */
public final class DownloadWriter implements AutoCloseable {
  private final BatchQueue queue;
  private final BatchSender sender;
  private final List<Thread> threads;

  private DownloadWriter(BatchQueue queue, BatchSender sender, int threads) {
    this.queue = queue;
    this.sender = sender;
    List<Thread> started = new ArrayList<>();
    for (int i = 1; i <= threads; i++) {
      Thread thread = new Thread(this::sendAll, "clickpy-writer-" + i);
      thread.setDaemon(true);
      thread.start();
      started.add(thread);
    }
    this.threads = List.copyOf(started);
  }

  /**
   * Returns what opens a writer into the tables of a connection, with defaults for all settings.
   */
  public static Builder into(ClickPy clickpy) {
    return new Builder(Objects.requireNonNull(clickpy, "clickpy"));
  }

  private void sendAll() {
    for (Optional<Batch> next = queue.next(); next.isPresent(); next = queue.next()) {
      Batch batch = next.get();
      try {
        sender.send(batch);
        queue.written(batch);
      } catch (ClickPyException e) {
        queue.failed(batch, e);
      } catch (RuntimeException | Error e) {
        queue.failed(batch, new ClickPyException(ErrorCode.CONNECTION, String.valueOf(e), e));
      }
    }
  }

  /**
   * Accepts a download. Returns at once, unless as many batches wait as may; then it waits, too.
   *
   * @throws WriteException if the writer has given up; the download was not accepted
   * @throws ClickPyException with {@link ErrorCode#CANCELLED} if the thread is interrupted while it
   *     waits; the download was not accepted, and the interrupt stays set
   * @throws IllegalStateException if the writer is closed
   */
  public void write(Download download) {
    if (!queue.add(Objects.requireNonNull(download, "download"))) {
      throwIfFailed();
    }
  }

  /**
   * Writes downloads as a batch with an id of the caller's, and waits until they are in the tables.
   * While the tables remember the id, whoever writes it again changes nothing: so a program that
   * died can write once more what it may have written, under an id that it finds again.
   *
   * <p>The server holds the batch in memory as a whole; a million downloads are a sensible limit.
   * Other downloads and {@link #flush()} neither wait for it nor delay it.
   *
   * @param id what the batch is known by among all that are written into these tables; not empty.
   *     The same id must always mean the same downloads
   * @param downloads the downloads; nothing happens if there are none
   * @throws IllegalArgumentException if the id is empty
   * @throws WriteException if it was given up; writing it again under its id counts once
   */
  public void write(String id, Collection<Download> downloads) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("Invalid id of a batch: (empty)");
    }
    Batch batch = Batch.start(id);
    downloads.forEach(batch.rows()::add);
    if (batch.rows().rows() == 0) {
      return;
    }
    try {
      sender.send(batch);
    } catch (ClickPyException e) {
      throw new WriteException(e, List.of(new UnwrittenBatch(id, batch.rows())));
    }
  }

  /**
   * Waits until every download accepted before is in the tables.
   *
   * @throws WriteException if the writer has given up
   * @throws ClickPyException with {@link ErrorCode#CANCELLED} if the thread is interrupted while it
   *     waits; the writer goes on writing, and the interrupt stays set
   * @throws IllegalStateException if the writer is closed
   */
  public void flush() {
    queue.flush();
    throwIfFailed();
  }

  /** Returns how far the writer has come; batches with an id of the caller's are not counted. */
  public WriterProgress progress() {
    BatchQueue.Counts counts = queue.counts();
    return new WriterProgress(counts.accepted(), counts.written(), counts.batchesWritten());
  }

  /**
   * Writes what is left, and waits for it; an interrupt waits until then. Closing twice does
   * nothing more. The connection stays open.
   *
   * @throws WriteException if the writer has given up, with everything that is not known to be
   *     written
   */
  @Override
  public void close() {
    boolean first = queue.close();
    joinAll();
    if (first) {
      throwIfFailed();
    }
  }

  private void joinAll() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwIfFailed() {
    Optional<ClickPyException> failure = queue.failure();
    if (failure.isPresent()) {
      throw new WriteException(
          failure.get(),
          queue.unwritten().stream()
              .map(batch -> new UnwrittenBatch(batch.id(), batch.rows()))
              .toList());
    }
  }

  @Override
  public String toString() {
    return "DownloadWriter[" + progress() + "]";
  }

  /**
   * Opens writers. Not thread-safe.
   *
   * <p>The defaults: batches of 200,000 downloads, 32 MB or 5 seconds, whichever comes first; two
   * of them under way and two waiting, about 160 MB of memory at most; five minutes of patience.
   */
  @CheckReturnValue
  public static final class Builder {
    private final ClickPy clickpy;
    private int batchRows = 200_000;
    private int batchBytes = 32 << 20;
    private Duration batchAge = Duration.ofSeconds(5);
    private int waitingBatches = 2;
    private int inserts = 2;
    private Duration patience = Duration.ofMinutes(5);

    private Builder(ClickPy clickpy) {
      this.clickpy = clickpy;
    }

    /**
     * Sets how many downloads a batch has at most. Large batches cost the server less for each
     * download: below some ten thousand, what it does for each of the 20 tables outweighs the rest.
     */
    public Builder batchRows(int value) {
      batchRows = positive("batchRows", value);
      return this;
    }

    /** Sets how many bytes a batch has at most, as it travels: some 50 for each download. */
    public Builder batchBytes(int value) {
      batchBytes = positive("batchBytes", value);
      return this;
    }

    /** Sets how long a download waits until its batch is sent, be it full or not. */
    public Builder batchAge(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("Invalid batchAge: " + value + " (must be > 0)");
      }
      batchAge = value;
      return this;
    }

    /** Sets how many full batches may wait, besides those under way, before writing waits. */
    public Builder waitingBatches(int value) {
      waitingBatches = positive("waitingBatches", value);
      return this;
    }

    /** Sets how many batches are under way at once; the server uses about one core for each. */
    public Builder insertsAtOnce(int value) {
      inserts = positive("insertsAtOnce", value);
      return this;
    }

    /**
     * Sets how long a batch is tried before the writer gives up. Zero means once, and no more than
     * the connection's own retries. The tables must remember all that is inserted in that time.
     */
    public Builder patience(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("Invalid patience: " + value + " (must be >= 0)");
      }
      patience = value;
      return this;
    }

    /**
     * Opens a writer.
     *
     * @throws ClickPyException if the tables are missing or do not {@linkplain DeduplicationWindow
     *     remember} inserts, or the server cannot be reached
     */
    public DownloadWriter open() {
      DeduplicationWindow.of(clickpy).require();
      return new DownloadWriter(
          new BatchQueue(new BatchLimits(batchRows, batchBytes, batchAge, waitingBatches)),
          BatchSender.of(clickpy, patience),
          inserts);
    }

    private static int positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException("Invalid %s: %s (must be > 0)".formatted(name, value));
      }
      return value;
    }
  }
}
