package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.Download;
import io.clickpy.core.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted and is not written yet: the batch being filled, those that wait, those under
 * way, and those that failed.
 *
 * <p>A batch that fails stops everything: no other is handed out from then on, and nothing more is
 * accepted. Thread-safe.
 */
public final class BatchQueue {
  private final BatchLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Batch filling;
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Set<Batch> underWay = new HashSet<>();
  private final List<Batch> failed = new ArrayList<>();
  private @Nullable ClickPyException failure;
  private boolean closed;
  private long accepted;
  private long written;
  private long batchesWritten;

  /** An empty queue. */
  public BatchQueue(BatchLimits limits) {
    this.limits = limits;
  }

  /**
   * Accepts a download; waits while too much waits to be written.
   *
   * @return false if a batch has failed; then the download is not accepted
   * @throws ClickPyException if the thread is interrupted while it waits; likewise
   * @throws IllegalStateException if the queue is closed
   */
  public boolean add(Download download) {
    lock.lock();
    try {
      while (failure == null && !closed && waiting.size() >= limits.waiting()) {
        await("The download was not accepted: interrupted while it waited for room.");
      }
      requireOpen();
      if (failure != null) {
        return false;
      }
      Batch batch = filling;
      if (batch == null) {
        batch = Batch.start(UUID.randomUUID().toString());
        filling = batch;
        changed.signalAll(); // Somebody has to watch its age.
      }
      batch.rows().add(download);
      accepted++;
      if (limits.isFull(batch)) {
        seal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the batch being filled go, if there is one. */
  private void seal() {
    if (filling != null) {
      waiting.add(filling);
      filling = null;
      changed.signalAll();
    }
  }

  /**
   * Hands out the next batch; waits until there is one.
   *
   * @return empty if there will be none any more
   */
  public Optional<Batch> next() {
    lock.lock();
    try {
      while (failure == null) {
        if (filling != null && limits.nanosLeft(filling) <= 0) {
          seal();
        }
        Batch batch = waiting.poll();
        if (batch != null) {
          underWay.add(batch);
          changed.signalAll();
          return Optional.of(batch);
        }
        if (closed) {
          break;
        }
        awaitNext();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // next() loops.
  private void awaitNext() {
    try {
      if (filling == null) {
        changed.await();
      } else {
        changed.awaitNanos(limits.nanosLeft(filling));
      }
    } catch (InterruptedException e) {
      // These threads are ours: nobody interrupts them.
      throw new IllegalStateException("A writer's own thread was interrupted", e);
    }
  }

  /** Takes notice that a batch under way is written. */
  public void written(Batch batch) {
    lock.lock();
    try {
      underWay.remove(batch);
      written += batch.rows().rows();
      batchesWritten++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes notice that a batch under way was given up. */
  public void failed(Batch batch, ClickPyException reason) {
    lock.lock();
    try {
      underWay.remove(batch);
      failed.add(batch);
      failure = failure == null ? reason : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything accepted so far is written, or a batch has failed and none is under way.
   *
   * @throws ClickPyException if the thread is interrupted; what was accepted stays so
   */
  public void flush() {
    lock.lock();
    try {
      requireOpen();
      seal();
      Set<Batch> mine = new HashSet<>(waiting);
      mine.addAll(underWay);
      while (isUnsettled(mine)) {
        await("Interrupted while it waited for the downloads to be written; they still will be.");
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isUnsettled(Set<Batch> batches) {
    return failure != null
        ? !underWay.isEmpty()
        : !Collections.disjoint(underWay, batches) || !Collections.disjoint(waiting, batches);
  }

  /**
   * Accepts nothing more, and waits as {@link #flush()} does; an interrupt waits, too.
   *
   * @return whether it was open
   */
  public boolean close() {
    lock.lock();
    try {
      boolean wasOpen = !closed;
      seal();
      closed = true;
      changed.signalAll();
      while (failure == null ? !(underWay.isEmpty() && waiting.isEmpty()) : !underWay.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      return wasOpen;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // The callers loop.
  private void await(String ifInterrupted) {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickPyException(ErrorCode.CANCELLED, ifInterrupted, e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Cannot write downloads: the writer is closed");
    }
  }

  /** Returns the first failure, if there was one. */
  public Optional<ClickPyException> failure() {
    lock.lock();
    try {
      return Optional.ofNullable(failure);
    } finally {
      lock.unlock();
    }
  }

  /** Returns what is not written, failed batches first; those under way are not among it. */
  public List<Batch> unwritten() {
    lock.lock();
    try {
      List<Batch> unwritten = new ArrayList<>(failed);
      unwritten.addAll(waiting);
      if (filling != null) {
        unwritten.add(filling);
      }
      return unwritten;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how far writing has come. */
  public Counts counts() {
    lock.lock();
    try {
      return new Counts(accepted, written, batchesWritten);
    } finally {
      lock.unlock();
    }
  }

  /**
   * How far writing has come.
   *
   * @param accepted downloads taken in
   * @param written downloads in the tables
   * @param batchesWritten batches in the tables
   */
  public record Counts(long accepted, long written, long batchesWritten) {}
}
