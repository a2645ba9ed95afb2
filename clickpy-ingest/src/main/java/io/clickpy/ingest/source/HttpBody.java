package io.clickpy.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it comes. The client's own stream would wait for the next byte without
 * end; this one waits only so long.
 *
 * <p>For one reader. It holds a piece or two in memory: the next is asked for when one is read.
 */
final class HttpBody extends InputStream implements BodySubscriber<HttpBody> {
  private static final List<ByteBuffer> END = List.of();

  private final Duration patience;
  private final BlockingQueue<List<ByteBuffer>> pieces = new LinkedBlockingQueue<>();
  private Iterator<ByteBuffer> piece = END.iterator();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private boolean atEnd;
  private volatile @Nullable Throwable failure;

  private Flow.@Nullable Subscription subscription; // Guarded by this.
  private boolean closed; // Guarded by this.

  HttpBody(Duration patience) {
    this.patience = patience;
  }

  @Override
  public CompletionStage<HttpBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription made) {
    if (closed || subscription != null) {
      made.cancel();
    } else {
      subscription = made;
      made.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> next) {
    pieces.add(next);
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
    pieces.add(END);
  }

  @Override
  public void onComplete() {
    pieces.add(END);
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    return count;
  }

  /** Waits for the next byte, or for the end. */
  private boolean isAtEnd() throws IOException {
    while (!buffer.hasRemaining() && !atEnd) {
      if (piece.hasNext()) {
        buffer = piece.next();
      } else {
        await();
      }
    }
    return atEnd;
  }

  private void await() throws IOException {
    List<ByteBuffer> next = poll();
    if (next == null) {
      throw new HttpTimeoutException("no byte came for " + patience);
    }
    if (next == END) { // The very object; an empty piece is another.
      atEnd = true;
      Throwable thrown = failure;
      if (thrown != null) {
        throw new IOException("the answer broke off (%s)".formatted(thrown.getMessage()), thrown);
      }
      return;
    }
    piece = next.iterator();
    requestNext();
  }

  private @Nullable List<ByteBuffer> poll() throws IOException {
    try {
      return pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it read");
    }
  }

  private synchronized void requestNext() {
    if (subscription != null && !closed) {
      subscription.request(1);
    }
  }

  /** Ends the connection, unless the answer has come to its end. */
  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
