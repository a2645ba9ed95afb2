package io.clickpy.ingest.internal.transfer;

import io.clickpy.ingest.internal.parquet.RowSink;
import java.io.IOException;
import java.io.OutputStream;

/** Writes values that may be NULL in ClickHouse's format RowBinary. */
final class RowBinary implements RowSink {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_NUMBER = 11;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int at;

  RowBinary(OutputStream out) {
    this.out = out;
  }

  @Override
  public void missing() throws IOException {
    room();
    buffer[at++] = 1;
  }

  @Override
  public void text(byte[] bytes, int offset, int length) throws IOException {
    present();
    int left = length;
    while (left >= 0x80) {
      buffer[at++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    buffer[at++] = (byte) left;
    if (length > BUFFER - at) {
      flush();
    }
    if (length > BUFFER) {
      out.write(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, at, length);
      at += length;
    }
  }

  @Override
  public void int32(int value) throws IOException {
    present();
    number(value, Integer.BYTES);
  }

  @Override
  public void int64(long value) throws IOException {
    present();
    number(value, Long.BYTES);
  }

  private void number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      buffer[at++] = (byte) (value >>> (8 * i));
    }
  }

  private void present() throws IOException {
    room();
    buffer[at++] = 0;
  }

  private void room() throws IOException {
    if (BUFFER - at < LONGEST_NUMBER) {
      flush();
    }
  }

  /** Sends what is left; the stream stays open. */
  void flush() throws IOException {
    out.write(buffer, 0, at);
    at = 0;
  }
}
