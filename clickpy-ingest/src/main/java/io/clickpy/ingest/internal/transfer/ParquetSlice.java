package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPyException;
import io.clickpy.ingest.internal.parquet.BytesRead;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.internal.parquet.ParquetColumn;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import io.clickpy.ingest.source.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Some row groups of a file, with only the columns needed, as a Parquet file of its own.
 *
 * <p>The pages are copied as they are, still encoded and compressed; only the footer is written
 * anew. So little travels, nothing is decoded here, and a file of any size needs only as much of
 * the server's memory as its largest row group: the server holds a Parquet file that it is sent
 * until its end.
 *
 * <p>Timestamps and texts lose their annotations: they are plain 64-bit ticks and plain bytes,
 * which no time zone and no flag of the file can change.
 */
final class ParquetSlice {
  /** Bytes of one slice that a server can well hold. */
  static final long USUAL_BYTES = 128L << 20;

  private static final PushedColumns COLUMNS = new PushedColumns();
  private static final int BUFFER = 1 << 16;
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final ParquetFooter footer;
  private final List<ParquetColumn> columns;
  private final List<RowGroup> groups = new ArrayList<>();
  private long length;

  private ParquetSlice(ParquetFooter footer, List<ParquetColumn> columns) {
    this.footer = footer;
    this.columns = columns;
  }

  /**
   * Divides a file.
   *
   * @param most bytes of one slice, unless a single row group has more
   * @throws ClickPyException if the footer says what cannot be
   */
  static List<ParquetSlice> of(ParquetFooter footer, List<ParquetColumn> columns, long most) {
    List<ParquetSlice> slices = new ArrayList<>();
    ParquetSlice last = new ParquetSlice(footer, columns);
    for (RowGroup group : footer.metadata().getRow_groups()) {
      if (group.getNum_rows() == 0) {
        continue;
      }
      long bytes = 0;
      for (ParquetColumn column : columns) {
        bytes += footer.chunk(group, column).length();
      }
      if (last.length + bytes > most && !last.groups.isEmpty()) {
        slices.add(last);
        last = new ParquetSlice(footer, columns);
      }
      last.groups.add(group);
      last.length += bytes;
    }
    if (!last.groups.isEmpty()) {
      slices.add(last);
    }
    return slices;
  }

  /** Returns the path by which the slice knows a column. */
  private static List<String> path(ParquetColumn column) {
    return IntStream.range(0, column.path().size())
        .mapToObj(depth -> COLUMNS.name(column, depth))
        .toList();
  }

  /** Returns the bytes of all pages. */
  long length() {
    return length;
  }

  /**
   * Writes the slice.
   *
   * @param file what the footer is the footer of
   * @param copied is told how many bytes have been copied, now and then
   * @throws IOException if the bytes cannot be written
   * @throws ClickPyException if the file cannot be read
   */
  void writeTo(SourceFile file, OutputStream out, BytesRead copied) throws IOException {
    out.write(MAGIC);
    long at = MAGIC.length;
    List<RowGroup> moved = new ArrayList<>();
    for (RowGroup group : groups) {
      RowGroup target = new RowGroup(new ArrayList<>(), 0, group.getNum_rows());
      for (ParquetColumn column : columns) {
        ParquetFooter.Chunk chunk = footer.chunk(group, column);
        copy(file, chunk, out, copied);
        ColumnMetaData data = moved(chunk, column, at - chunk.start());
        target.addToColumns(new ColumnChunk(0).setMeta_data(data));
        target.setTotal_byte_size(target.getTotal_byte_size() + data.getTotal_uncompressed_size());
        at += chunk.length();
      }
      moved.add(target);
    }
    byte[] end = footer(moved);
    out.write(end);
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(end.length).array());
    out.write(MAGIC);
  }

  private static void copy(
      SourceFile file, ParquetFooter.Chunk chunk, OutputStream out, BytesRead copied)
      throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(chunk.length(), 1))];
    try (InputStream in = open(file, chunk)) {
      for (long left = chunk.length(); left > 0; ) {
        int count = read(in, buffer, (int) Math.min(buffer.length, left));
        out.write(buffer, 0, count);
        copied.add(count);
        left -= count;
      }
    }
  }

  private static InputStream open(SourceFile file, ParquetFooter.Chunk chunk) {
    try {
      return file.open(chunk.start(), chunk.length());
    } catch (IOException | RuntimeException e) {
      throw Failures.unreadable(e);
    }
  }

  private static int read(InputStream in, byte[] buffer, int most) {
    try {
      int count = in.read(buffer, 0, most);
      if (count < 0) {
        throw new EOFException("it ends too early");
      }
      return count;
    } catch (IOException | RuntimeException e) {
      throw Failures.unreadable(e);
    }
  }

  private static ColumnMetaData moved(
      ParquetFooter.Chunk chunk, ParquetColumn column, long distance) {
    ColumnMetaData from = chunk.data();
    ColumnMetaData to =
        new ColumnMetaData(
            from.getType(),
            from.getEncodings().stream().filter(Objects::nonNull).toList(),
            path(column),
            from.getCodec(),
            from.getNum_values(),
            from.getTotal_uncompressed_size(),
            chunk.length(),
            from.getData_page_offset() + distance);
    if (from.getDictionary_page_offset() > 0) {
      to.setDictionary_page_offset(from.getDictionary_page_offset() + distance);
    }
    return to;
  }

  private byte[] footer(List<RowGroup> moved) throws IOException {
    long rows = moved.stream().mapToLong(RowGroup::getNum_rows).sum();
    FileMetaData from = footer.metadata();
    FileMetaData to = new FileMetaData(from.getVersion(), schema(), rows, moved);
    // Readers know the bugs of writers by their names.
    to.setCreated_by(from.getCreated_by());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(to, bytes);
    return bytes.toByteArray();
  }

  /** The nodes of the tree that are on the way to a column needed. */
  private List<SchemaElement> schema() {
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
        SchemaElement to = new SchemaElement(PushedColumns.name(from.getName(), i));
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
    return needed;
  }
}
