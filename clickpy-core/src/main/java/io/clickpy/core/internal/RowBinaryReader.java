package io.clickpy.core.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Row;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads an answer in {@code RowBinaryWithNamesAndTypes}, row by row.
 *
 * <p>Not thread-safe. The input belongs to whoever opened it.
 */
public final class RowBinaryReader implements Row {
  private final BinaryInput in;
  private final String[] names;
  private final Cell[] cells;

  private RowBinaryReader(BinaryInput in, String[] names, Cell[] cells) {
    this.in = in;
    this.names = names;
    this.cells = cells;
  }

  /** Reads the header; the rows follow with {@link #next()}. */
  public static RowBinaryReader open(InputStream stream) throws IOException {
    BinaryInput in = new BinaryInput(stream);
    if (in.isAtEnd()) {
      throw new EOFException("The answer is empty, without even a header");
    }
    int columns = in.readLength();
    String[] names = new String[columns];
    for (int i = 0; i < columns; i++) {
      // Interned, so that a mapper's literal is found by identity.
      names[i] = in.readString().intern();
    }
    Cell[] cells = new Cell[columns];
    for (int i = 0; i < columns; i++) {
      cells[i] = CellTypes.cellFor(names[i], in.readString());
    }
    return new RowBinaryReader(in, names, cells);
  }

  /** Moves to the next row; false behind the last. */
  public boolean next() throws IOException {
    if (in.isAtEnd()) {
      return false;
    }
    for (Cell cell : cells) {
      cell.read(in);
    }
    return true;
  }

  @Override
  public List<String> columns() {
    return List.of(names);
  }

  @Override
  public boolean isNull(String column) {
    return cells[index(column)].isNull();
  }

  @Override
  public String string(String column) {
    return read(column, Cell::asString);
  }

  @Override
  public long longValue(String column) {
    int index = index(column);
    try {
      return cells[index].asLong();
    } catch (Cell.UnreadableCellException e) {
      throw unreadable(index, e);
    }
  }

  @Override
  public int intValue(String column) {
    long value = longValue(column);
    if (value != (int) value) {
      throw unreadable(index(column), new Cell.UnreadableCellException("an int: " + value));
    }
    return (int) value;
  }

  @Override
  public double doubleValue(String column) {
    return read(column, Cell::asDouble);
  }

  @Override
  public boolean booleanValue(String column) {
    return longValue(column) != 0;
  }

  @Override
  public LocalDate date(String column) {
    return read(column, Cell::asDate);
  }

  @Override
  public Instant instant(String column) {
    return read(column, Cell::asInstant);
  }

  @Override
  public List<String> strings(String column) {
    return list(column, Cell::asString);
  }

  @Override
  public List<Long> longs(String column) {
    return list(column, Cell::asLong);
  }

  private <T> List<T> list(String column, Function<Cell, T> form) {
    return read(
        column,
        cell -> {
          List<T> values = new ArrayList<>();
          for (Cell element : cell.asList()) {
            values.add(form.apply(element));
          }
          return List.copyOf(values);
        });
  }

  private <T> T read(String column, Function<Cell, T> form) {
    int index = index(column);
    try {
      return form.apply(cells[index]);
    } catch (Cell.UnreadableCellException e) {
      throw unreadable(index, e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Identity first: it nearly always decides.
  private int index(String column) {
    for (int i = 0; i < names.length; i++) {
      if (names[i] == column) {
        return i;
      }
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(column)) {
        return i;
      }
    }
    throw new ClickPyException(
        ErrorCode.INVALID_RESPONSE,
        "Cannot read column '%s' (the answer has %s).".formatted(column, columns()));
  }

  private ClickPyException unreadable(int index, Cell.UnreadableCellException e) {
    return new ClickPyException(
        ErrorCode.INVALID_RESPONSE,
        "Cannot read column '%s' of type %s as %s."
            .formatted(names[index], cells[index].type, e.getMessage()));
  }
}
