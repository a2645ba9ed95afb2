package io.clickpy.ingest.internal.parquet;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.SourceFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.RowGroup;

/**
 * Reads the rows of a row group, of some columns only, in memory that does not depend on its size.
 *
 * <p>It reads what exports of downloads are made of: texts and whole numbers, plain or with a
 * dictionary, in the usual codecs. It believes no length: what a damaged file asks for is refused
 * before it is allocated.
 */
public final class RowGroupReader implements Closeable {
  /** What pages may take in memory, of all columns together; usual ones have one megabyte. */
  private static final long MEMORY = 96L << 20;

  private static final Set<Encoding> ENCODINGS =
      Set.of(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY, Encoding.RLE);

  private final long rows;
  private final List<ColumnReader> columns = new ArrayList<>();

  private RowGroupReader(long rows) {
    this.rows = rows;
  }

  /** Returns whether a file's columns are written as this can read them, by its own account. */
  public static boolean canRead(ParquetFooter footer, List<ParquetColumn> columns) {
    return footer.metadata().getRow_groups().stream()
        .allMatch(
            group ->
                columns.stream().allMatch(column -> canRead(footer.chunk(group, column).data())));
  }

  private static boolean canRead(ColumnMetaData data) {
    return Decompressor.isKnown(data.getCodec()) && ENCODINGS.containsAll(data.getEncodings());
  }

  /**
   * Opens a row group.
   *
   * @param progress hears of the bytes read
   * @throws ClickPyException if the file cannot be read, or contradicts itself
   */
  public static RowGroupReader open(
      SourceFile file,
      ParquetFooter footer,
      RowGroup group,
      List<ParquetColumn> columns,
      BytesRead progress) {
    RowGroupReader reader = new RowGroupReader(group.getNum_rows());
    MemoryBudget budget = new MemoryBudget(MEMORY);
    try {
      for (ParquetColumn column : columns) {
        reader.columns.add(column(file, footer.chunk(group, column), column, budget, progress));
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      reader.closeAfter(e);
      throw Failures.unreadable(e);
    }
  }

  private static ColumnReader column(
      SourceFile file,
      ParquetFooter.Chunk chunk,
      ParquetColumn column,
      MemoryBudget budget,
      BytesRead progress)
      throws IOException {
    Decompressor decompressor;
    try {
      decompressor = Decompressor.of(chunk.data().getCodec());
    } catch (DamagedColumnException e) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Its column %s cannot be read: %s.".formatted(column.name(), e.getMessage()),
          e);
    }
    InputStream in = file.open(chunk.start(), chunk.length());
    PageReader pages =
        new PageReader(in, chunk.length(), decompressor, column.optionals() > 0, budget, progress);
    return new ColumnReader(column, pages, budget);
  }

  /**
   * Hands over all rows, each column by column.
   *
   * @throws ClickPyException if the file cannot be read, or is damaged
   * @throws IOException what the sink throws
   */
  public void readAll(RowSink sink) throws IOException {
    for (long row = 0; row < rows; row++) {
      for (ColumnReader column : columns) {
        column.next(sink);
      }
    }
    for (ColumnReader column : columns) {
      column.requireEnd();
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (ColumnReader column : columns) {
      column.close();
    }
  }
}
