package io.clickpy.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.Download;
import io.clickpy.core.ErrorCode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
  private static final Download DOWNLOAD = Download.of(LocalDate.of(2024, 8, 12), "pandas", "1");
  private static final Duration LONG = Duration.ofDays(1);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static BatchQueue queue(int rows, int waiting) {
    return new BatchQueue(new BatchLimits(rows, Integer.MAX_VALUE, LONG, waiting));
  }

  @Test
  void aBatchIsHandedOutWhenItHasItsRows() {
    BatchQueue queue = queue(3, 2);
    for (int i = 0; i < 4; i++) {
      queue.add(DOWNLOAD);
    }

    assertThat(queue.next().orElseThrow().rows().rows()).isEqualTo(3);
    assertThat(queue.unwritten()).singleElement().returns(1, batch -> batch.rows().rows());
  }

  @Test
  void aBatchIsHandedOutWhenItHasItsBytes() {
    BatchQueue queue = new BatchQueue(new BatchLimits(1_000, 40, LONG, 2));
    for (int i = 0; i < 4; i++) {
      queue.add(DOWNLOAD);
    }

    Batch batch = queue.next().orElseThrow();
    assertThat(batch.rows().size()).isGreaterThanOrEqualTo(40);
    assertThat(batch.rows().rows()).isEqualTo(3);
  }

  @Test
  void aBatchIsHandedOutWhenItIsOld() {
    BatchQueue queue =
        new BatchQueue(new BatchLimits(1_000, Integer.MAX_VALUE, Duration.ofMillis(1), 2));
    queue.add(DOWNLOAD);

    assertThat(queue.next().orElseThrow().rows().rows()).isEqualTo(1);
  }

  @Test
  void eachBatchHasAnIdOfItsOwn() {
    BatchQueue queue = queue(1, 2);
    queue.add(DOWNLOAD);
    queue.add(DOWNLOAD);

    assertThat(queue.next().orElseThrow().id()).isNotEqualTo(queue.next().orElseThrow().id());
  }

  @Test
  void addingWaitsWhileTooManyBatchesWait() {
    BatchQueue queue = queue(1, 1);
    queue.add(DOWNLOAD);
    CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> queue.add(DOWNLOAD));

    assertThat(second).isNotDone();
    queue.next();
    assertThat(second.join()).isTrue();
  }

  @Test
  void anInterruptEndsTheWaitAndTheDownloadIsNotAccepted() {
    BatchQueue queue = queue(1, 1);
    queue.add(DOWNLOAD);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> queue.add(DOWNLOAD))
        .isInstanceOf(ClickPyException.class)
        .hasMessage("The download was not accepted: interrupted while it waited for room.")
        .returns(ErrorCode.CANCELLED, e -> ((ClickPyException) e).code());
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(queue.counts().accepted()).isEqualTo(1);
  }

  @Test
  void flushingWaitsForWhatWasAcceptedBeforeAndForNothingElse() {
    BatchQueue queue = queue(10, 2);
    queue.add(DOWNLOAD);
    CompletableFuture<Void> flush = CompletableFuture.runAsync(queue::flush);
    Batch first = queue.next().orElseThrow();
    queue.add(DOWNLOAD);

    assertThat(flush).isNotDone();
    queue.written(first);
    flush.join();
    assertThat(queue.counts()).isEqualTo(new BatchQueue.Counts(2, 1, 1));
  }

  @Test
  void anInterruptEndsAFlushAndNothingIsLost() {
    BatchQueue queue = queue(10, 2);
    queue.add(DOWNLOAD);
    Thread.currentThread().interrupt();

    assertThatThrownBy(queue::flush)
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Interrupted while it waited for the downloads to be written; they still will be.");
    assertThat(queue.next().orElseThrow().rows().rows()).isEqualTo(1);
  }

  @Test
  void aFailureStopsEverythingAndKeepsWhatIsNotWritten() {
    BatchQueue queue = queue(1, 3);
    queue.add(DOWNLOAD);
    queue.add(DOWNLOAD);
    queue.add(DOWNLOAD);
    Batch written = queue.next().orElseThrow();
    Batch failing = queue.next().orElseThrow();
    ClickPyException failure = new ClickPyException(ErrorCode.NOT_FOUND, "gone");
    queue.failed(failing, failure);

    assertThat(queue.next()).isEmpty();
    assertThat(queue.add(DOWNLOAD)).isFalse();
    CompletableFuture<Void> flush = CompletableFuture.runAsync(queue::flush);
    assertThat(flush).isNotDone();
    queue.written(written);
    flush.join();
    assertThat(queue.failure()).contains(failure);
    assertThat(queue.unwritten()).hasSize(2).first().isEqualTo(failing);
    assertThat(queue.counts()).isEqualTo(new BatchQueue.Counts(3, 1, 1));
  }

  @Test
  void theFirstFailureCounts() {
    BatchQueue queue = queue(1, 3);
    queue.add(DOWNLOAD);
    queue.add(DOWNLOAD);
    Batch first = queue.next().orElseThrow();
    Batch second = queue.next().orElseThrow();
    ClickPyException failure = new ClickPyException(ErrorCode.NOT_FOUND, "gone");
    queue.failed(second, failure);
    queue.failed(first, new ClickPyException(ErrorCode.CONNECTION, "late"));

    assertThat(queue.failure()).contains(failure);
    assertThat(queue.unwritten()).containsExactly(second, first);
  }

  @Test
  void closingHandsOutTheRestAndThenNothing() {
    BatchQueue queue = queue(10, 2);
    queue.add(DOWNLOAD);
    CompletableFuture<Boolean> close = CompletableFuture.supplyAsync(queue::close);
    Optional<Batch> rest = queue.next();
    queue.written(rest.orElseThrow());

    assertThat(close.join()).isTrue();
    assertThat(queue.next()).isEmpty();
    assertThat(queue.close()).isFalse();
    assertThatThrownBy(() -> queue.add(DOWNLOAD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot write downloads: the writer is closed");
    assertThatThrownBy(queue::flush).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whoWaitsForRoomHearsOfAFailure() {
    BatchQueue queue = queue(1, 1);
    queue.add(DOWNLOAD);
    Batch failing = queue.next().orElseThrow();
    queue.add(DOWNLOAD);
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> queue.add(DOWNLOAD));
    queue.failed(failing, new ClickPyException(ErrorCode.NOT_FOUND, "gone"));

    assertThat(waiting.join()).isFalse();
  }

  @Test
  void whoWaitsForRoomHearsOfTheEnd() {
    BatchQueue queue = queue(1, 1);
    queue.add(DOWNLOAD);
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> queue.add(DOWNLOAD));
    CompletableFuture<Boolean> close = CompletableFuture.supplyAsync(queue::close);

    assertThatThrownBy(waiting::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    queue.written(queue.next().orElseThrow());
    assertThat(close.join()).isTrue();
  }
}
