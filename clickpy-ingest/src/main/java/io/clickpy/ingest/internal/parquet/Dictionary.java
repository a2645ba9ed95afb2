package io.clickpy.ingest.internal.parquet;

import java.io.IOException;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** The values that the pages of a column only point to. */
final class Dictionary {
  private final Type type;
  private final byte[] bytes;
  private final int[] starts;

  private Dictionary(Type type, byte[] bytes, int[] starts) {
    this.type = type;
    this.bytes = bytes;
    this.starts = starts;
  }

  /**
   * Finds the values of a dictionary's page.
   *
   * @param budget gives the memory for their places
   */
  static Dictionary of(Type type, Page page, MemoryBudget budget) throws IOException {
    if (page.encoding() != Encoding.PLAIN && page.encoding() != Encoding.PLAIN_DICTIONARY) {
      throw new DamagedColumnException("a dictionary written as " + page.encoding());
    }
    // Each value has at least the four bytes of its length.
    if (page.values() > page.bytes().length / Integer.BYTES) {
      throw new DamagedColumnException(
          "a dictionary of %s values in %s bytes".formatted(page.values(), page.bytes().length));
    }
    budget.reserve((long) Integer.BYTES * page.values());
    int[] starts = new int[page.values()];
    PlainValues values = new PlainValues(type, page.bytes(), 0);
    for (int i = 0; i < starts.length; i++) {
      starts[i] = values.position();
      values.next(IGNORED);
    }
    return new Dictionary(type, page.bytes(), starts);
  }

  /** Hands over the value at a place. */
  void emit(int place, RowSink sink) throws IOException {
    if (place < 0 || place >= starts.length) {
      throw new DamagedColumnException(
          "place %s in a dictionary of %s".formatted(place, starts.length));
    }
    new PlainValues(type, bytes, starts[place]).next(sink);
  }

  private static final RowSink IGNORED =
      new RowSink() {
        @Override
        public void missing() {}

        @Override
        public void text(byte[] bytes, int offset, int length) {}

        @Override
        public void int32(int value) {}

        @Override
        public void int64(long value) {}
      };
}
