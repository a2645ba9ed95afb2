package io.clickpy.ingest.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/**
 * How a slice is laid out; row groups of files with the same layout can stand in one slice.
 *
 * <p>Timestamps and texts lose their annotations: they are plain ticks and plain bytes, which no
 * time zone and no flag of the file can change.
 *
 * @param schema the tree of the columns needed, node by node, parents first
 * @param version of the format
 * @param createdBy who wrote the files
 * @param structure the columns as the server is to declare them
 * @param select the SQL that makes rows of the raw table of them
 */
record SliceLayout(
    List<SchemaElement> schema,
    int version,
    @Nullable String createdBy,
    String structure,
    String select) {
  private static final String ROOT = "downloads";

  static SliceLayout of(OpenedFile file) {
    return new SliceLayout(
        schema(file.footer(), file.mapping().columns()),
        file.footer().metadata().getVersion(),
        file.footer().metadata().getCreated_by(),
        file.mapping().structure(),
        file.mapping().select());
  }

  /** The nodes of the tree that are on the way to a column needed. */
  private static List<SchemaElement> schema(ParquetFooter footer, List<ParquetColumn> columns) {
    Set<Integer> leaves = new HashSet<>();
    Map<Integer, Set<Integer>> children = new HashMap<>();
    for (ParquetColumn column : columns) {
      int parent = 0;
      for (int element : column.elements()) {
        children.computeIfAbsent(parent, index -> new HashSet<>()).add(element);
        parent = element;
      }
      leaves.add(parent);
    }
    List<SchemaElement> all = footer.metadata().getSchema();
    List<SchemaElement> needed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (leaves.contains(i) || children.containsKey(i)) {
        SchemaElement from = all.get(i);
        String name = i == 0 ? ROOT : from.getName().replace('.', '_');
        SchemaElement to = new SchemaElement(name);
        if (from.isSetRepetition_type()) {
          to.setRepetition_type(from.getRepetition_type());
        }
        if (leaves.contains(i)) {
          to.setType(from.getType());
        } else {
          to.setNum_children(children.getOrDefault(i, Set.of()).size());
        }
        needed.add(to);
      }
    }
    return List.copyOf(needed);
  }

  /** Returns the tree with one more column behind the others. */
  List<SchemaElement> schemaWith(SchemaElement column) {
    List<SchemaElement> longer = new ArrayList<>(schema);
    SchemaElement root = schema.get(0);
    longer.set(0, new SchemaElement(root).setNum_children(root.getNum_children() + 1));
    longer.add(column);
    return longer;
  }
}
