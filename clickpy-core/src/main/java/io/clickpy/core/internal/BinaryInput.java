package io.clickpy.core.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Buffered little-endian reading of ClickHouse's RowBinary. */
final class BinaryInput {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;

  BinaryInput(InputStream in) {
    this.in = in;
  }

  /** Returns whether the stream ends here, where a row would begin. */
  boolean isAtEnd() throws IOException {
    return position == limit && !fill();
  }

  int readByte() throws IOException {
    require(1);
    return buffer[position++];
  }

  short readShort() throws IOException {
    require(Short.BYTES);
    short value = (short) SHORT.get(buffer, position);
    position += Short.BYTES;
    return value;
  }

  int readInt() throws IOException {
    require(Integer.BYTES);
    int value = (int) INT.get(buffer, position);
    position += Integer.BYTES;
    return value;
  }

  long readLong() throws IOException {
    require(Long.BYTES);
    long value = (long) LONG.get(buffer, position);
    position += Long.BYTES;
    return value;
  }

  /** Reads a length: LEB128, as ClickHouse writes it. */
  int readLength() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        if (value > Integer.MAX_VALUE - 64) {
          break;
        }
        return (int) value;
      }
    }
    throw new IOException("A length of more than two gigabytes in the answer");
  }

  String readString() throws IOException {
    return readString(readLength());
  }

  String readString(int length) throws IOException {
    require(length);
    String value = new String(buffer, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  private void require(int length) throws IOException {
    while (limit - position < length) {
      if (length > buffer.length) {
        // Grow step by step with what has really come, so that a wrong length cannot exhaust
        // memory.
        buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, length));
      }
      if (!fill()) {
        throw new EOFException("The answer ends in the middle of a row");
      }
    }
  }

  private boolean fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read > 0) {
      limit += read;
    }
    return read > 0;
  }
}
