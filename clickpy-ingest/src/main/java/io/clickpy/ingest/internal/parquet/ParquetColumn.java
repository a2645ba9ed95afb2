package io.clickpy.ingest.internal.parquet;

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
 * @param optionals how many of the groups and itself may be absent: the definition level of a value
 *     that is there
 */
public record ParquetColumn(
    int ordinal,
    List<String> path,
    List<Integer> elements,
    SchemaElement element,
    boolean repeated,
    int optionals) {
  /** Returns the name with its groups, divided by dots. */
  public String name() {
    return String.join(".", path);
  }
}
