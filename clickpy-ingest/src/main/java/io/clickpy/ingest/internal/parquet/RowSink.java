package io.clickpy.ingest.internal.parquet;

import java.io.IOException;

/** Takes the values of rows, one after the other, column by column. */
public interface RowSink {
  /** Takes a NULL. */
  void missing() throws IOException;

  /** Takes a text; its bytes are valid during the call only. */
  void text(byte[] bytes, int offset, int length) throws IOException;

  /** Takes a number of 32 bits. */
  void int32(int value) throws IOException;

  /** Takes a number of 64 bits. */
  void int64(long value) throws IOException;
}
