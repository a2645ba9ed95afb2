package io.clickpy.ingest.internal.parquet;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/** Finds the columns in a file's schema, which lists its tree node by node, parents first. */
final class ParquetSchema {
  private static final int MAX_DEPTH = 32;

  private final List<SchemaElement> elements;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private int at;

  private ParquetSchema(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /**
   * Returns the columns, in the order of every row group.
   *
   * @throws ClickPyException if the list is no tree
   */
  static List<ParquetColumn> columns(List<SchemaElement> elements) {
    ParquetSchema schema = new ParquetSchema(elements);
    int children = schema.next().getNum_children();
    for (int i = 0; i < children; i++) {
      schema.node(List.of(), List.of(), false, 0);
    }
    if (schema.at != elements.size()) {
      throw broken("it has nodes outside of its tree");
    }
    return List.copyOf(schema.columns);
  }

  private void node(
      List<String> parentPath, List<Integer> parents, boolean parentRepeated, int parentOptionals) {
    int index = at;
    SchemaElement element = next();
    List<String> path = appended(parentPath, element.getName());
    List<Integer> indexes = appended(parents, index);
    if (path.size() > MAX_DEPTH) {
      throw broken("it is nested too deeply");
    }
    boolean repeated =
        parentRepeated || element.getRepetition_type() == FieldRepetitionType.REPEATED;
    int optionals =
        parentOptionals + (element.getRepetition_type() == FieldRepetitionType.OPTIONAL ? 1 : 0);
    if (element.isSetType()) {
      columns.add(new ParquetColumn(columns.size(), path, indexes, element, repeated, optionals));
    }
    for (int i = 0; i < element.getNum_children(); i++) {
      node(path, indexes, repeated, optionals);
    }
  }

  private SchemaElement next() {
    if (at == elements.size()) {
      throw broken("it ends in the middle of its tree");
    }
    return elements.get(at++);
  }

  private static <T> List<T> appended(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return List.copyOf(longer);
  }

  private static ClickPyException broken(String what) {
    return new ClickPyException(ErrorCode.INVALID_DATA, "Its schema is damaged: " + what + ".");
  }
}
