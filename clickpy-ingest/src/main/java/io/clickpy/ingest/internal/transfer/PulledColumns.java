package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.internal.parquet.ParquetColumn;
import java.util.regex.Pattern;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * Columns as the server finds them in the file: under their own names, timestamps as such.
 *
 * <p>A timestamp is declared in the unit that it has in the file, and in UTC: then its ticks are
 * those of the file, in every range. Declared as a number it would come in seconds.
 */
final class PulledColumns implements ColumnDialect {
  private static final Pattern QUOTABLE = Pattern.compile("[\\p{L}\\p{N} _.:+-]+");

  @Override
  public String name(ParquetColumn column, int depth) {
    String name = column.path().get(depth);
    if (!QUOTABLE.matcher(name).matches()) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "The server cannot be told to read its column %s (an odd name). Use StagingMode.PUSH_PARQUET."
              .formatted(column.name()));
    }
    return "`" + name + "`";
  }

  @Override
  public String type(ParquetColumn column) {
    SchemaElement element = column.element();
    if (element.getType() == Type.INT32) {
      return "Int32";
    }
    return element.getType() == Type.INT64
        ? "DateTime64(%s, \\'UTC\\')".formatted(decimals(element))
        : "String";
  }

  private static String decimals(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSetTIMESTAMP()) {
      if (logical.getTIMESTAMP().getUnit().isSetNANOS()) {
        return "9";
      }
      return logical.getTIMESTAMP().getUnit().isSetMICROS() ? "6" : "3";
    }
    return element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS ? "3" : "6";
  }

  @Override
  public String ticks(ParquetColumn timestamp) {
    String column = reference(timestamp);
    return timestamp.element().getType() == Type.INT64
        ? "if(isNull(%1$s), NULL, reinterpretAsInt64(assumeNotNull(%1$s)))".formatted(column)
        : column;
  }
}
