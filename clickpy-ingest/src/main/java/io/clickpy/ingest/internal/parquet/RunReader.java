package io.clickpy.ingest.internal.parquet;

/**
 * Reads small numbers in Parquet's hybrid of run lengths and bit packing, as levels and places in a
 * dictionary are written.
 */
final class RunReader {
  private final byte[] bytes;
  private final int end;
  private final int bitWidth;
  private int at;

  private int left;
  private boolean packed;
  private int repeated;
  private long bits;
  private int bitCount;

  RunReader(byte[] bytes, int from, int end, int bitWidth) throws DamagedColumnException {
    if (bitWidth < 0 || bitWidth > 32) {
      throw new DamagedColumnException("numbers of %s bits".formatted(bitWidth));
    }
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.bitWidth = bitWidth;
  }

  int next() throws DamagedColumnException {
    while (left == 0) {
      nextRun();
    }
    left--;
    return packed ? unpacked() : repeated;
  }

  private void nextRun() throws DamagedColumnException {
    long header = varint();
    packed = (header & 1) == 1;
    long count = packed ? (header >>> 1) * 8 : header >>> 1;
    if (count > Integer.MAX_VALUE) {
      throw new DamagedColumnException("a run of %s numbers".formatted(count));
    }
    left = (int) count;
    bits = 0;
    bitCount = 0;
    if (!packed) {
      repeated = 0;
      for (int shift = 0; shift < bitWidth; shift += 8) {
        repeated |= nextByte() << shift;
      }
    }
  }

  private int unpacked() throws DamagedColumnException {
    while (bitCount < bitWidth) {
      bits |= (long) nextByte() << bitCount;
      bitCount += 8;
    }
    int value = (int) (bits & ((1L << bitWidth) - 1));
    bits >>>= bitWidth;
    bitCount -= bitWidth;
    return value;
  }

  private long varint() throws DamagedColumnException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = nextByte();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new DamagedColumnException("the length of a run has no end");
  }

  private int nextByte() throws DamagedColumnException {
    if (at >= end) {
      throw new DamagedColumnException("its levels or places end too early");
    }
    return bytes[at++] & 0xff;
  }
}
