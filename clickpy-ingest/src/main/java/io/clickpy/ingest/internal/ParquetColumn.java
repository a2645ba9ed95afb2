package io.clickpy.ingest.internal;

import java.util.List;
import org.apache.parquet.format.SchemaElement;

/**
 * A column that holds values: a leaf of a file's schema.
 *
 * @param ordinal its place among the columns of a row group
 * @param path its name, and before it those of the groups around it
 * @param elements the indexes in the schema of those groups, outermost first, and of itself
 * @param element what the schema says about it
 * @param repeated whether it can hold several values, or none, in one row
 */
record ParquetColumn(
    int ordinal,
    List<String> path,
    List<Integer> elements,
    SchemaElement element,
    boolean repeated) {
  /** Returns the name with its groups, divided by dots. */
  String name() {
    return String.join(".", path);
  }
}
