package io.clickpy.ingest.internal;

import java.time.Duration;

/**
 * When a batch is large or old enough to be sent, and how many may wait for that.
 *
 * @param rows most downloads of a batch
 * @param bytes most bytes of a batch; the download that reaches them still belongs to it
 * @param age how long the first download of a batch waits
 * @param waiting how many full batches may wait, besides those under way
 */
public record BatchLimits(int rows, int bytes, Duration age, int waiting) {
  boolean isFull(Batch batch) {
    return batch.rows().rows() >= rows || batch.rows().size() >= bytes;
  }

  long nanosLeft(Batch batch) {
    return age.toNanos() - (System.nanoTime() - batch.startNanos());
  }
}
