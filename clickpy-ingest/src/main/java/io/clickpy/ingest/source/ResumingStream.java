package io.clickpy.ingest.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A range of a file, asked for again from the first byte that is missing whenever it breaks. */
final class ResumingStream extends InputStream {
  private final Attempts attempts;
  private final Opener opener;
  private long at;
  private long left;
  private @Nullable InputStream body;

  private ResumingStream(Attempts attempts, long offset, long length, Opener opener) {
    this.attempts = attempts;
    this.opener = opener;
    this.at = offset;
    this.left = length;
  }

  /**
   * Opens a range.
   *
   * @throws IOException if it cannot be had; what may pass comes as our own error
   */
  static InputStream open(Attempts attempts, long offset, long length, Opener opener)
      throws IOException {
    ResumingStream stream = new ResumingStream(attempts, offset, length, opener);
    stream.body();
    return stream;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0 || left == 0) {
      return length == 0 ? 0 : -1;
    }
    while (true) {
      try {
        int count = body().read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
          throw new EOFException("the answer ended %s bytes early".formatted(left));
        }
        at += count;
        left -= count;
        return count;
      } catch (IOException e) {
        close();
        waitAfter(e);
      }
    }
  }

  private InputStream body() throws IOException {
    InputStream open = body;
    while (open == null) {
      try {
        open = opener.open(at, left);
      } catch (IOException e) {
        waitAfter(e);
      }
    }
    body = open;
    return open;
  }

  private void waitAfter(IOException failure) throws IOException {
    try {
      attempts.waitAfter(failure);
    } catch (FileChangedException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw HttpFailure.unreadable(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (body != null) {
      body.close();
      body = null;
    }
  }

  /** Asks for a range once. */
  @FunctionalInterface
  interface Opener {
    /** Opens so many bytes from there. */
    InputStream open(long from, long count) throws IOException;
  }
}
