package io.clickpy.ingest.internal.parquet;

import com.google.errorprone.annotations.FormatMethod;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * What the end of a Parquet file says about the rest of it, checked: a file can claim anything.
 *
 * @param metadata the footer itself
 * @param columns the columns that hold values
 * @param start where the footer begins, and the data ends
 */
public record ParquetFooter(FileMetaData metadata, List<ParquetColumn> columns, long start) {
  /** Far above what real files have, and little enough to hold in memory. */
  private static final int MAX_LENGTH = 16 << 20;

  private static final int TAIL = 8;
  private static final int MAGIC = 4;

  /**
   * Reads a file's footer.
   *
   * @throws ClickPyException if the file cannot be read, is no Parquet or contradicts itself
   */
  public static ParquetFooter read(SourceFile file) {
    if (file.size() < MAGIC + TAIL) {
      throw invalid("It is not Parquet: it has only %s bytes.", file.size());
    }
    long tail = file.size() - TAIL;
    ByteBuffer end = ByteBuffer.wrap(bytes(file, tail, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
    int length = end.getInt();
    checkMagic(new String(end.array(), MAGIC, MAGIC, StandardCharsets.ISO_8859_1));
    if (length <= 0 || length > tail - MAGIC) {
      throw invalid("Its footer is damaged: %s bytes long in a file of %s.", length, file.size());
    }
    if (length > MAX_LENGTH) {
      throw invalid("Its footer is too long: %s bytes, at most %s.", length, MAX_LENGTH);
    }
    FileMetaData metadata = parse(bytes(file, tail - length, length));
    if (metadata.isSetEncryption_algorithm()) {
      throw encrypted();
    }
    ParquetFooter footer =
        new ParquetFooter(metadata, ParquetSchema.columns(metadata.getSchema()), tail - length);
    footer.checkRows();
    return footer;
  }

  private static void checkMagic(String magic) {
    if (magic.equals("PARE")) {
      throw encrypted();
    }
    if (!magic.equals("PAR1")) {
      throw invalid("It is not Parquet, or has been cut off: it does not end in PAR1.");
    }
  }

  private static FileMetaData parse(byte[] footer) {
    ThriftBounds.check(footer);
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(footer));
    } catch (IOException | RuntimeException e) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA, "Its footer is damaged: " + e.getMessage() + ".", e);
    }
  }

  private static byte[] bytes(SourceFile file, long offset, int length) {
    try (InputStream in = file.open(offset, length)) {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("it ends after %s bytes".formatted(offset + bytes.length));
      }
      return bytes;
    } catch (IOException | RuntimeException e) {
      throw Failures.unreadable(e);
    }
  }

  private void checkRows() {
    long sum = 0;
    for (RowGroup group : metadata.getRow_groups()) {
      if (group.getNum_rows() < 0 || group.getNum_rows() > Long.MAX_VALUE - sum) {
        throw invalid("Its footer is damaged: a row group of %s rows.", group.getNum_rows());
      }
      if (group.getColumnsSize() != columns.size()) {
        throw invalid(
            "Its footer is damaged: a row group of %s columns, the schema has %s.",
            group.getColumnsSize(), columns.size());
      }
      sum += group.getNum_rows();
    }
    if (sum != rows()) {
      throw invalid("Its footer is damaged: %s rows in all, %s in row groups.", rows(), sum);
    }
  }

  /** Returns how many rows the file has. */
  public long rows() {
    return metadata.getNum_rows();
  }

  /**
   * Returns one column's part of a row group, if it lies within the file.
   *
   * @throws ClickPyException if it does not
   */
  public Chunk chunk(RowGroup group, ParquetColumn column) {
    ColumnChunk chunk = group.getColumns().get(column.ordinal());
    if (chunk.isSetCrypto_metadata()) {
      throw encrypted();
    }
    ColumnMetaData data = chunk.getMeta_data();
    if (data == null || chunk.isSetFile_path()) {
      throw damaged(column, "it is not in this file");
    }
    if (!data.getPath_in_schema().equals(column.path())
        || data.getType() != column.element().getType()) {
      throw damaged(column, "the schema says otherwise");
    }
    if (data.getNum_values() != group.getNum_rows()) {
      throw damaged(
          column, "%s values in %s rows".formatted(data.getNum_values(), group.getNum_rows()));
    }
    long first = data.getData_page_offset();
    if (data.getDictionary_page_offset() > 0) {
      first = Math.min(first, data.getDictionary_page_offset());
    }
    long length = data.getTotal_compressed_size();
    if (first < MAGIC || length < 0 || length > start - first) {
      throw damaged(column, "%s bytes at %s do not lie in the file".formatted(length, first));
    }
    return new Chunk(data, first, length);
  }

  private static ClickPyException damaged(ParquetColumn column, String how) {
    return invalid("Its footer is damaged: column %s: %s.", column.name(), how);
  }

  private static ClickPyException encrypted() {
    return invalid("It is encrypted. Export it without encryption.");
  }

  @FormatMethod
  private static ClickPyException invalid(String message, Object... values) {
    return new ClickPyException(ErrorCode.INVALID_DATA, message.formatted(values));
  }

  /**
   * One column's part of a row group.
   *
   * @param data what the footer says about it
   * @param start its first byte in the file
   * @param length its length in bytes
   */
  public record Chunk(ColumnMetaData data, long start, long length) {}
}
