package io.clickpy.ingest.internal.transfer;

import io.clickpy.ingest.internal.parquet.ParquetColumn;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the server knows the columns of a file, which depends on the way that they take. */
interface ColumnDialect {
  /** Returns one of the names on the way to a column, outermost first, as an identifier. */
  String name(ParquetColumn column, int depth);

  /** Returns the type to declare, without {@code Nullable}. */
  String type(ParquetColumn column);

  /** Returns the expression for the ticks of a timestamp: a number, or NULL. */
  String ticks(ParquetColumn timestamp);

  /** Returns a column with its groups. */
  default String reference(ParquetColumn column) {
    return IntStream.range(0, column.path().size())
        .mapToObj(depth -> name(column, depth))
        .collect(Collectors.joining("."));
  }
}
