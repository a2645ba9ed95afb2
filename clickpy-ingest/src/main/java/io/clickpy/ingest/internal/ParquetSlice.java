package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Some row groups of some files of the same layout, with only the columns needed, as one Parquet
 * file.
 *
 * <p>The pages are copied as they are, still encoded and compressed; only the footer is written
 * anew. So little travels, nothing is decoded here, a file of any size needs only as much of the
 * server's memory as its largest row group, because the server holds a Parquet file that it is sent
 * until its end, and many small files cost one insert.
 *
 * <p>A column is added that says which file a row is from.
 */
final class ParquetSlice {
  /** Bytes of one slice that a server can well hold. */
  static final long USUAL_BYTES = 128L << 20;

  /** The column that holds the index of a row's file. */
  static final String FILE = "clickpy_file";

  private static final int BUFFER = 1 << 16;

  /** What the number of a run can say. */
  private static final long MOST_ROWS = 1L << 30;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final ConstantColumn FILE_COLUMN = new ConstantColumn(FILE);

  private final SliceLayout layout;
  private final List<Piece> pieces = new ArrayList<>();
  private long length;

  private ParquetSlice(SliceLayout layout) {
    this.layout = layout;
  }

  /**
   * Divides files, and joins them.
   *
   * @param files each is known by its index
   * @param most bytes of one slice, unless a single row group has more
   * @throws ClickPyException if a footer says what cannot be
   */
  static List<ParquetSlice> of(List<OpenedFile> files, long most) {
    List<ParquetSlice> slices = new ArrayList<>();
    Map<SliceLayout, ParquetSlice> last = new LinkedHashMap<>();
    for (int index = 0; index < files.size(); index++) {
      OpenedFile file = files.get(index);
      SliceLayout layout = SliceLayout.of(file);
      for (RowGroup group : file.footer().metadata().getRow_groups()) {
        if (group.getNum_rows() > 0) {
          Piece piece = Piece.of(file, index, group);
          ParquetSlice slice = last.get(layout);
          if (slice == null || slice.length + piece.length() > most) {
            slice = new ParquetSlice(layout);
            last.put(layout, slice);
            slices.add(slice);
          }
          slice.pieces.add(piece);
          slice.length += piece.length();
        }
      }
    }
    return slices;
  }

  /** Returns the path by which the slice knows a column: without dots in its names. */
  static List<String> path(ParquetColumn column) {
    return column.path().stream().map(name -> name.replace('.', '_')).toList();
  }

  /** Returns the bytes of all pages of the files. */
  long length() {
    return length;
  }

  /** Returns the columns as the server is to declare them. */
  String structure() {
    return layout.structure() + ", " + FILE + " Int32";
  }

  /** Returns the SQL that makes rows of the raw table of them. */
  String select() {
    return layout.select();
  }

  /**
   * Writes the slice.
   *
   * @param copied is told which file has come how much further, now and then
   * @throws IOException if the bytes cannot be written
   * @throws ClickPyException if a file cannot be read
   */
  void writeTo(OutputStream out, Copied copied) throws IOException {
    out.write(MAGIC);
    long at = MAGIC.length;
    List<RowGroup> moved = new ArrayList<>();
    for (Piece piece : pieces) {
      RowGroup target = new RowGroup(new ArrayList<>(), 0, piece.rows());
      for (int i = 0; i < piece.chunks().size(); i++) {
        ParquetFooter.Chunk chunk = piece.chunks().get(i);
        copy(piece.file().source(), chunk, out, copied);
        add(target, moved(chunk, piece.file().mapping().columns().get(i), at - chunk.start()));
        at += chunk.length();
      }
      ConstantColumn.Chunk index = FILE_COLUMN.chunk(piece.index(), piece.rows());
      index.writeTo(out);
      add(target, index.metadata(at));
      at += index.length();
      moved.add(target);
    }
    byte[] end = footer(moved);
    out.write(end);
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(end.length).array());
    out.write(MAGIC);
  }

  private static void add(RowGroup group, ColumnMetaData column) {
    group.addToColumns(new ColumnChunk(0).setMeta_data(column));
    group.setTotal_byte_size(group.getTotal_byte_size() + column.getTotal_uncompressed_size());
  }

  private static void copy(
      SourceFile file, ParquetFooter.Chunk chunk, OutputStream out, Copied copied)
      throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(chunk.length(), 1))];
    try (InputStream in = open(file, chunk)) {
      for (long left = chunk.length(); left > 0; ) {
        int count = read(in, buffer, (int) Math.min(buffer.length, left));
        out.write(buffer, 0, count);
        copied.add(file, count);
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
    FileMetaData footer =
        new FileMetaData(layout.version(), layout.schemaWith(FILE_COLUMN.schema()), rows, moved);
    // Readers know the bugs of writers by their names.
    footer.setCreated_by(layout.createdBy());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, bytes);
    return bytes.toByteArray();
  }

  /**
   * A row group of a file.
   *
   * @param file the file
   * @param index the file's index
   * @param rows how many rows it has
   * @param chunks where its columns are, as the file's mapping names them
   */
  private record Piece(OpenedFile file, int index, long rows, List<ParquetFooter.Chunk> chunks) {
    static Piece of(OpenedFile file, int index, RowGroup group) {
      if (group.getNum_rows() > MOST_ROWS) {
        throw new ClickPyException(
            ErrorCode.INVALID_DATA,
            "Its footer is damaged: a row group of %s rows, at most %s."
                .formatted(group.getNum_rows(), MOST_ROWS));
      }
      return new Piece(
          file,
          index,
          group.getNum_rows(),
          file.mapping().columns().stream()
              .map(column -> file.footer().chunk(group, column))
              .toList());
    }

    long length() {
      return chunks.stream().mapToLong(ParquetFooter.Chunk::length).sum();
    }
  }

  /** Hears of bytes copied; may throw to stop the copying. */
  @FunctionalInterface
  interface Copied {
    /** Takes notice of so many more bytes of a file. */
    void add(SourceFile file, int bytes);
  }
}
