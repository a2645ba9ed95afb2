package io.clickpy.core.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the cell that reads a ClickHouse type, from the type's name. */
final class CellTypes {
  private static final Pattern ENUM_VALUE = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)' = (-?\\d+)");
  private static final Pattern DATE_TIME_64 =
      Pattern.compile("DateTime64\\((\\d)(?:, '[^']*')?\\)");

  private CellTypes() {}

  static Cell cellFor(String column, String type) {
    return switch (type) {
      case "UInt8", "Bool" -> new Cell.LongCell(type, in -> in.readByte() & 0xffL);
      case "Int8" -> new Cell.LongCell(type, BinaryInput::readByte);
      case "UInt16" -> new Cell.LongCell(type, in -> in.readShort() & 0xffffL);
      case "Int16" -> new Cell.LongCell(type, BinaryInput::readShort);
      case "UInt32" -> new Cell.LongCell(type, in -> in.readInt() & 0xffff_ffffL);
      case "Int32" -> new Cell.LongCell(type, BinaryInput::readInt);
      case "UInt64", "Int64" -> new Cell.LongCell(type, BinaryInput::readLong);
      case "Float32", "Float64" -> new Cell.DoubleCell(type);
      case "String" -> Cell.StringCell.variable();
      case "UUID" -> new Cell.UuidCell();
      case "Date" -> new Cell.DateCell(type, in -> in.readShort() & 0xffffL);
      case "Date32" -> new Cell.DateCell(type, BinaryInput::readInt);
      default -> parameterized(column, type);
    };
  }

  private static Cell parameterized(String column, String type) {
    if (type.startsWith("LowCardinality(")) {
      return cellFor(column, argument(type));
    }
    if (type.startsWith("Nullable(")) {
      return new Cell.NullableCell(cellFor(column, argument(type)));
    }
    if (type.startsWith("SimpleAggregateFunction(")) {
      return cellFor(column, type.substring(type.indexOf(", ") + 2, type.length() - 1));
    }
    if (type.startsWith("FixedString(")) {
      return Cell.StringCell.fixed(Integer.parseInt(argument(type)));
    }
    if (type.startsWith("Array(")) {
      String element = argument(type);
      cellFor(column, element); // An unknown element type is found now, not at the first row.
      return new Cell.ArrayCell(type, () -> cellFor(column, element));
    }
    if (type.startsWith("Enum8(")) {
      return new Cell.EnumCell(type, BinaryInput::readByte, enumNames(type));
    }
    if (type.startsWith("Enum16(")) {
      return new Cell.EnumCell(type, BinaryInput::readShort, enumNames(type));
    }
    if (type.equals("DateTime") || type.startsWith("DateTime(")) {
      return new Cell.InstantCell(type, in -> in.readInt() & 0xffff_ffffL, 0);
    }
    Matcher dateTime64 = DATE_TIME_64.matcher(type);
    if (dateTime64.matches()) {
      int scale = Integer.parseInt(dateTime64.group(1));
      return new Cell.InstantCell(type, BinaryInput::readLong, scale);
    }
    throw new ClickPyException(
        ErrorCode.INVALID_RESPONSE,
        "Cannot read column '%s' of type %s (no such type here). Convert it in the SQL, for example with toString(%s)."
            .formatted(column, type, column));
  }

  private static String argument(String type) {
    return type.substring(type.indexOf('(') + 1, type.length() - 1);
  }

  private static Map<Long, String> enumNames(String type) {
    Map<Long, String> names = new HashMap<>();
    Matcher value = ENUM_VALUE.matcher(type);
    while (value.find()) {
      names.put(Long.valueOf(value.group(2)), value.group(1).replaceAll("\\\\(.)", "$1"));
    }
    return names;
  }
}
