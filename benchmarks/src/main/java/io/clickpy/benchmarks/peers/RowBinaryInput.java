package io.clickpy.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A decoder written by hand for answers whose columns are known: the floor. It neither checks types
 * nor finds errors in an answer that breaks off.
 */
public final class RowBinaryInput {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;

  /** Reads a stream of {@code RowBinary}. */
  public RowBinaryInput(InputStream in) {
    this.in = in;
  }

  /** Returns whether there is another row. */
  public boolean hasRow() throws IOException {
    return position < limit || fill();
  }

  /** Reads a {@code Date}. */
  public LocalDate date() throws IOException {
    require(Short.BYTES);
    int day = (short) SHORT.get(buffer, position) & 0xffff;
    position += Short.BYTES;
    return LocalDate.ofEpochDay(day);
  }

  /** Reads an {@code Int64}. */
  public long int64() throws IOException {
    require(Long.BYTES);
    long value = (long) LONG.get(buffer, position);
    position += Long.BYTES;
    return value;
  }

  /** Reads a {@code UInt8} as a truth value. */
  public boolean bool() throws IOException {
    require(1);
    return buffer[position++] != 0;
  }

  /** Reads a {@code String}. */
  public String string() throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      require(1);
      byte next = buffer[position++];
      length |= (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
    }
    require(length);
    String value = new String(buffer, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  private void require(int bytes) throws IOException {
    while (limit - position < bytes) {
      if (bytes > buffer.length) {
        buffer = Arrays.copyOf(buffer, bytes);
      }
      if (!fill()) {
        throw new IOException("The answer ends in the middle of a row.");
      }
    }
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read <= 0) {
      return false;
    }
    limit += read;
    return true;
  }
}
