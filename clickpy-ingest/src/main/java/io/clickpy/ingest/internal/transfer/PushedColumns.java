package io.clickpy.ingest.internal.transfer;

import io.clickpy.ingest.internal.parquet.ParquetColumn;
import java.util.regex.Pattern;

/**
 * Columns as we send them: under names that need no quotes, and without the annotations that make
 * more of them than plain numbers and bytes.
 */
final class PushedColumns implements ColumnDialect {
  /** Anything else would need quotes, or could be one of our own names. */
  private static final Pattern PLAIN = Pattern.compile("(?!clickpy_)[A-Za-z][A-Za-z0-9_]*");

  @Override
  public String name(ParquetColumn column, int depth) {
    return name(column.path().get(depth), column.elements().get(depth));
  }

  /**
   * Returns the name under which a node of the schema is sent.
   *
   * @param index its place in the schema, which no other has
   */
  static String name(String original, int index) {
    return PLAIN.matcher(original).matches()
        ? original
        : "clickpy_" + index + "_" + original.replaceAll("[^A-Za-z0-9]", "_");
  }

  @Override
  public String type(ParquetColumn column) {
    return switch (column.element().getType()) {
      case INT32 -> "Int32";
      case INT64 -> "Int64";
      default -> "String";
    };
  }

  @Override
  public String ticks(ParquetColumn timestamp) {
    return reference(timestamp);
  }
}
