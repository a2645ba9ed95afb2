package io.clickpy.ingest.internal.parquet;

import java.io.IOException;
import org.apache.parquet.format.Type;

/** Reads values that are written one after the other as they are. */
final class PlainValues implements Values {
  private final Type type;
  private final byte[] bytes;
  private int at;

  PlainValues(Type type, byte[] bytes, int from) {
    this.type = type;
    this.bytes = bytes;
    this.at = from;
  }

  @Override
  public void next(RowSink sink) throws IOException {
    switch (type) {
      case INT32 -> sink.int32(LittleEndian.int32(bytes, advance(Integer.BYTES)));
      case INT64 -> sink.int64(LittleEndian.int64(bytes, advance(Long.BYTES)));
      case BYTE_ARRAY -> {
        int length = LittleEndian.int32(bytes, advance(Integer.BYTES));
        sink.text(bytes, advance(length), length);
      }
      default -> throw new DamagedColumnException("values of type %s".formatted(type));
    }
  }

  /** Returns where the next value begins. */
  int position() {
    return at;
  }

  /** Passes over so many bytes, and returns where they begin. */
  private int advance(int count) throws DamagedColumnException {
    if (count < 0 || count > bytes.length - at) {
      throw new DamagedColumnException("its values end too early");
    }
    int from = at;
    at += count;
    return from;
  }
}
