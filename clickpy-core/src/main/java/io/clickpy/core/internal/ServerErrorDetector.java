package io.clickpy.core.internal;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the error that ClickHouse writes into a stream it has already begun.
 *
 * <p>Such a stream ends in {@code __exception__ <tag> message … <tag> __exception__}, with the tag
 * given in the header {@code X-ClickHouse-Exception-Tag}. A decoder without this would take the
 * text for rows. See "HTTP interface, exceptions during streaming" in ClickHouse's documentation.
 */
final class ServerErrorDetector extends FilterInputStream {
  private static final Logger LOG = LoggerFactory.getLogger(ServerErrorDetector.class);
  private static final int MAX_MESSAGE = 64 * 1024;

  private final byte[] marker;
  private final byte[] held = new byte[64 * 1024];
  private int start;
  private int end;
  private boolean ended;

  ServerErrorDetector(InputStream in, String tag) {
    super(in);
    marker = ("\r\n__exception__\r\n" + tag).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int safe = safe();
    while (safe == 0 && !ended) {
      fill();
      safe = safe();
    }
    if (safe == 0) {
      return -1;
    }
    int count = Math.min(safe, length);
    System.arraycopy(held, start, target, offset, count);
    start += count;
    return count;
  }

  /** Bytes that cannot be the beginning of a marker, because as many have come behind them. */
  private int safe() {
    int count = end - start;
    return ended ? count : Math.max(0, count - (marker.length - 1));
  }

  private void fill() throws IOException {
    System.arraycopy(held, start, held, 0, end - start);
    end -= start;
    start = 0;
    int read = in.read(held, end, held.length - end);
    if (read < 0) {
      ended = true;
      return;
    }
    end += read;
    int found = indexOfMarker();
    if (found >= 0) {
      throw new ServerErrorInStream(messageBehind(found + marker.length));
    }
  }

  private int indexOfMarker() {
    int last = end - marker.length;
    for (int i = 0; i <= last; i++) {
      if (held[i] == '\r' && Arrays.equals(held, i, i + marker.length, marker, 0, marker.length)) {
        return i;
      }
    }
    return -1;
  }

  private String messageBehind(int from) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(held, from, end - from);
    copyRest(bytes);
    String text = bytes.toString(StandardCharsets.UTF_8);
    int close = text.lastIndexOf("__exception__");
    String body = close < 0 ? text : text.substring(0, close);
    // What is left: the message, then a line with its length and the tag once more.
    int lastLine = body.stripTrailing().lastIndexOf('\n');
    return (close < 0 || lastLine < 0 ? body : body.substring(0, lastLine)).strip();
  }

  private void copyRest(ByteArrayOutputStream bytes) {
    byte[] chunk = new byte[4096];
    try {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        bytes.write(chunk, 0, Math.min(read, MAX_MESSAGE - Math.min(MAX_MESSAGE, bytes.size())));
      }
    } catch (IOException expected) {
      LOG.trace("The server cuts the connection behind its message", expected);
    }
  }

  /** The server's own error, found in the stream. */
  static final class ServerErrorInStream extends IOException {
    private static final long serialVersionUID = 1L;

    ServerErrorInStream(String message) {
      super(message);
    }
  }
}
