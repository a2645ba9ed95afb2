package io.clickpy.ingest.internal.parquet;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;

/**
 * Walks over bytes in Thrift's compact protocol and checks that every length in them fits.
 *
 * <p>The generated readers believe a length before they see what it counts: a few bytes can ask
 * them for gigabytes, or for a recursion without end. What passes here needs memory in proportion
 * to its size.
 */
final class ThriftBounds {
  private static final int MAX_DEPTH = 32;

  private final byte[] bytes;
  private int at;

  private ThriftBounds(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks one struct.
   *
   * @throws ClickPyException if a length does not fit
   */
  static void check(byte[] struct) {
    new ThriftBounds(struct).skip(Type.STRUCT, MAX_DEPTH);
  }

  /**
   * Checks the struct at the beginning of some bytes, and returns its length.
   *
   * @throws ClickPyException if a length does not fit
   */
  static int length(byte[] bytes) {
    ThriftBounds walk = new ThriftBounds(bytes);
    walk.skip(Type.STRUCT, MAX_DEPTH);
    return walk.at;
  }

  private void skip(int type, int depth) {
    switch (type) {
      case Type.TRUE, Type.FALSE, Type.BYTE -> advance(1);
      case Type.I16, Type.I32, Type.I64 -> varint();
      case Type.DOUBLE -> advance(8);
      case Type.UUID -> advance(16);
      case Type.BINARY -> advance(varint());
      case Type.LIST, Type.SET -> list(inner(depth));
      case Type.MAP -> map(inner(depth));
      case Type.STRUCT -> struct(inner(depth));
      default -> throw broken("unknown type " + type);
    }
  }

  private void struct(int depth) {
    for (int header = next(); header != 0; header = next()) {
      int type = header & 0x0f;
      if (header >> 4 == 0) {
        varint(); // The field's number, where it is no small step from the last.
      }
      if (type != Type.TRUE && type != Type.FALSE) { // Those two are values themselves here.
        skip(type, depth);
      }
    }
  }

  private void list(int depth) {
    int header = next();
    long size = header >> 4 == 15 ? varint() : header >> 4;
    require(size);
    for (long i = 0; i < size; i++) {
      skip(header & 0x0f, depth);
    }
  }

  private void map(int depth) {
    long size = varint();
    require(size);
    if (size > 0) {
      int types = next();
      for (long i = 0; i < size; i++) {
        skip(types >> 4, depth);
        skip(types & 0x0f, depth);
      }
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw broken("a number has no end");
  }

  private int next() {
    require(1);
    return bytes[at++] & 0xff;
  }

  private void advance(long count) {
    require(count);
    at += (int) count;
  }

  private void require(long count) {
    if (count < 0 || count > bytes.length - at) {
      throw broken("a length leads out of it");
    }
  }

  private static int inner(int depth) {
    if (depth == 0) {
      throw broken("it is nested too deeply");
    }
    return depth - 1;
  }

  private static ClickPyException broken(String what) {
    return new ClickPyException(ErrorCode.INVALID_DATA, "Its footer is damaged: " + what + ".");
  }

  /** Types as the protocol numbers them. */
  private static final class Type {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int BYTE = 3;
    static final int I16 = 4;
    static final int I32 = 5;
    static final int I64 = 6;
    static final int DOUBLE = 7;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int SET = 10;
    static final int MAP = 11;
    static final int STRUCT = 12;
    static final int UUID = 13;
  }
}
