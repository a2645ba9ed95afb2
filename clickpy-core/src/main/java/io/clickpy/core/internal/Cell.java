package io.clickpy.core.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One column of the current row: it reads its next value and gives it in the forms it has.
 *
 * <p>Values are kept unboxed where possible, so that reading a row of numbers allocates nothing.
 */
abstract class Cell {
  final String type;

  Cell(String type) {
    this.type = type;
  }

  abstract void read(BinaryInput in) throws IOException;

  boolean isNull() {
    return false;
  }

  long asLong() {
    throw new UnreadableCellException("an integer");
  }

  double asDouble() {
    throw new UnreadableCellException("a number");
  }

  String asString() {
    throw new UnreadableCellException("a string");
  }

  LocalDate asDate() {
    throw new UnreadableCellException("a date");
  }

  Instant asInstant() {
    throw new UnreadableCellException("an instant");
  }

  List<Cell> asList() {
    throw new UnreadableCellException("an array");
  }

  /** Asked for in a form that the type does not have; named with its column by the row. */
  static final class UnreadableCellException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableCellException(String form) {
      super(form, null, false, false);
    }
  }

  /** Reads one integer of a fixed width, widened to a long. */
  @FunctionalInterface
  interface LongReader {
    long read(BinaryInput in) throws IOException;
  }

  /** Integers, booleans. */
  static final class LongCell extends Cell {
    private final LongReader reader;
    private final boolean unsigned64;
    private long value;

    LongCell(String type, LongReader reader) {
      super(type);
      this.reader = reader;
      this.unsigned64 = type.equals("UInt64");
    }

    @Override
    void read(BinaryInput in) throws IOException {
      value = reader.read(in);
    }

    @Override
    long asLong() {
      if (unsigned64 && value < 0) {
        throw new UnreadableCellException("a long: " + Long.toUnsignedString(value));
      }
      return value;
    }

    @Override
    double asDouble() {
      return unsigned64 && value < 0 ? (value >>> 1) * 2.0 : value;
    }
  }

  /** Floating-point numbers. */
  static final class DoubleCell extends Cell {
    private final boolean single;
    private double value;

    DoubleCell(String type) {
      super(type);
      this.single = type.equals("Float32");
    }

    @Override
    void read(BinaryInput in) throws IOException {
      value = single ? Float.intBitsToFloat(in.readInt()) : Double.longBitsToDouble(in.readLong());
    }

    @Override
    double asDouble() {
      return value;
    }
  }

  /** Text of variable or fixed length. */
  static final class StringCell extends Cell {
    private static final int VARIABLE = -1;
    private final int length;
    private String value = "";

    private StringCell(String type, int length) {
      super(type);
      this.length = length;
    }

    static StringCell variable() {
      return new StringCell("String", VARIABLE);
    }

    static StringCell fixed(int length) {
      return new StringCell("FixedString(" + length + ")", length);
    }

    @Override
    void read(BinaryInput in) throws IOException {
      value = length == VARIABLE ? in.readString() : in.readString(length);
    }

    @Override
    String asString() {
      return value;
    }
  }

  /** Names of an enumeration, sent as their numbers. */
  static final class EnumCell extends Cell {
    private final LongReader reader;
    private final Map<Long, String> names;
    private long value;

    EnumCell(String type, LongReader reader, Map<Long, String> names) {
      super(type);
      this.reader = reader;
      this.names = names;
    }

    @Override
    void read(BinaryInput in) throws IOException {
      value = reader.read(in);
    }

    @Override
    String asString() {
      String name = names.get(value);
      if (name == null) {
        throw new UnreadableCellException("a name of the enumeration: " + value);
      }
      return name;
    }

    @Override
    long asLong() {
      return value;
    }
  }

  /** A universally unique identifier. */
  static final class UuidCell extends Cell {
    private long high;
    private long low;

    UuidCell() {
      super("UUID");
    }

    @Override
    void read(BinaryInput in) throws IOException {
      high = in.readLong();
      low = in.readLong();
    }

    @Override
    String asString() {
      return new UUID(high, low).toString();
    }
  }

  /** Days since 1970-01-01. */
  static final class DateCell extends Cell {
    private final LongReader reader;
    private long day;

    DateCell(String type, LongReader reader) {
      super(type);
      this.reader = reader;
    }

    @Override
    void read(BinaryInput in) throws IOException {
      day = reader.read(in);
    }

    @Override
    LocalDate asDate() {
      return LocalDate.ofEpochDay(day);
    }

    @Override
    String asString() {
      return asDate().toString();
    }
  }

  /** Ticks since 1970-01-01T00:00:00Z, ten to the power of {@code scale} a second. */
  static final class InstantCell extends Cell {
    private final LongReader reader;
    private final long ticksPerSecond;
    private long ticks;

    InstantCell(String type, LongReader reader, int scale) {
      super(type);
      this.reader = reader;
      this.ticksPerSecond = Math.round(Math.pow(10, scale));
    }

    @Override
    void read(BinaryInput in) throws IOException {
      ticks = reader.read(in);
    }

    @Override
    Instant asInstant() {
      long nanos = Math.floorMod(ticks, ticksPerSecond) * (1_000_000_000 / ticksPerSecond);
      return Instant.ofEpochSecond(Math.floorDiv(ticks, ticksPerSecond), nanos);
    }

    @Override
    String asString() {
      return asInstant().toString();
    }
  }

  /** A value that may be absent. */
  static final class NullableCell extends Cell {
    private final Cell value;
    private boolean absent;

    NullableCell(Cell value) {
      super("Nullable(" + value.type + ")");
      this.value = value;
    }

    @Override
    void read(BinaryInput in) throws IOException {
      absent = in.readByte() != 0;
      if (!absent) {
        value.read(in);
      }
    }

    @Override
    boolean isNull() {
      return absent;
    }

    private Cell present() {
      if (absent) {
        throw new UnreadableCellException("a value: it is NULL");
      }
      return value;
    }

    @Override
    long asLong() {
      return present().asLong();
    }

    @Override
    double asDouble() {
      return present().asDouble();
    }

    @Override
    String asString() {
      return present().asString();
    }

    @Override
    LocalDate asDate() {
      return present().asDate();
    }

    @Override
    Instant asInstant() {
      return present().asInstant();
    }
  }

  /** Any number of values of one type. */
  static final class ArrayCell extends Cell {
    private final CellFactory elements;
    private List<Cell> values = List.of();

    ArrayCell(String type, CellFactory elements) {
      super(type);
      this.elements = elements;
    }

    @Override
    void read(BinaryInput in) throws IOException {
      int size = in.readLength();
      List<Cell> read = new ArrayList<>(Math.min(size, 1024));
      for (int i = 0; i < size; i++) {
        Cell cell = elements.create();
        cell.read(in);
        read.add(cell);
      }
      values = read;
    }

    @Override
    List<Cell> asList() {
      return values;
    }
  }

  /** Makes a fresh cell for each element of an array. */
  @FunctionalInterface
  interface CellFactory {
    Cell create();
  }
}
