package io.clickpy.core.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the error that ClickHouse writes into an answer it has already begun to send.
 *
 * <p>Such an answer ends in {@code __exception__ <tag> message <length> <tag> __exception__}, and
 * then the connection is cut. A decoder without this would take the text for rows. The tag is in a
 * response header that the driver does not show, so the cut tells an error from a row that holds
 * the same text.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/http">ClickHouse, HTTP interface</a>
 */
final class ServerErrorDetector extends FilterInputStream {
  private static final byte[] MARKER = "\r\n__exception__\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ERROR =
      Pattern.compile(
          "\r\n__exception__\r\n([a-z]{16})\r\n(.*)\n\\d+ \\1\r\n__exception__\r\n",
          Pattern.DOTALL);

  /** More than ClickHouse writes of one error; what follows a marker farther off is no error. */
  private static final int LONGEST_ERROR = 32 * 1024;

  private final byte[] held = new byte[2 * LONGEST_ERROR];
  private int start;
  private int end;
  private boolean ended;

  ServerErrorDetector(InputStream in) {
    super(in);
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

  /** How many of the bytes held cannot belong to an error. */
  private int safe() {
    int count = end - start;
    if (ended) {
      return count;
    }
    int marker = indexOfMarker();
    if (marker < 0) {
      return Math.max(0, count - (MARKER.length - 1));
    }
    if (marker == start && count > LONGEST_ERROR) {
      return MARKER.length;
    }
    return marker - start;
  }

  private int indexOfMarker() {
    int last = end - MARKER.length;
    for (int i = start; i <= last; i++) {
      if (held[i] == '\r' && Arrays.equals(held, i, i + MARKER.length, MARKER, 0, MARKER.length)) {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    System.arraycopy(held, start, held, 0, end - start);
    end -= start;
    start = 0;
    try {
      int read = in.read(held, end, held.length - end);
      ended = read < 0;
      end += Math.max(read, 0);
    } catch (IOException cut) {
      Matcher error = ERROR.matcher(new String(held, start, end - start, StandardCharsets.UTF_8));
      throw error.matches() ? new ServerErrorInStream(error.group(2).strip(), cut) : cut;
    }
  }

  /** The server's own error, found in its answer. */
  static final class ServerErrorInStream extends IOException {
    private static final long serialVersionUID = 1L;

    ServerErrorInStream(String message, IOException cut) {
      super(message, cut);
    }
  }
}
