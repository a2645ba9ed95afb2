package io.clickpy.ingest.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * A Parquet column that holds the same number in every row of a row group: a dictionary of one
 * entry, and a single run of references to it.
 */
final class ConstantColumn {
  private final String name;

  ConstantColumn(String name) {
    this.name = name;
  }

  /** Returns its node in the schema. */
  SchemaElement schema() {
    return new SchemaElement(name)
        .setType(Type.INT32)
        .setRepetition_type(FieldRepetitionType.REQUIRED);
  }

  /** Returns its part of a row group. */
  Chunk chunk(int value, long rows) {
    byte[] dictionary = intBytes(value);
    PageHeader dictionaryHeader =
        new PageHeader(PageType.DICTIONARY_PAGE, dictionary.length, dictionary.length)
            .setDictionary_page_header(new DictionaryPageHeader(1, Encoding.PLAIN));
    byte[] run = run(rows);
    PageHeader dataHeader =
        new PageHeader(PageType.DATA_PAGE, run.length, run.length)
            .setData_page_header(
                new DataPageHeader(
                    Math.toIntExact(rows), Encoding.RLE_DICTIONARY, Encoding.RLE, Encoding.RLE));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(dictionaryHeader, dictionary, bytes);
    int dataAt = bytes.size();
    write(dataHeader, run, bytes);
    return new Chunk(bytes.toByteArray(), dataAt, rows, name);
  }

  private static void write(PageHeader header, byte[] page, ByteArrayOutputStream out) {
    try {
      Util.writePageHeader(header, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes(page);
  }

  private static byte[] intBytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** References of one bit each, as some readers take none of no bits: so many times the first. */
  private static byte[] run(long rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(1);
    long header = rows << 1;
    for (; header > 0x7f; header >>>= 7) {
      bytes.write((int) ((header & 0x7f) | 0x80));
    }
    bytes.write((int) header);
    bytes.write(0);
    return bytes.toByteArray();
  }

  /** The column's part of a row group. */
  static final class Chunk {
    private final byte[] bytes;
    private final int dataAt;
    private final long rows;
    private final String name;

    private Chunk(byte[] bytes, int dataAt, long rows, String name) {
      this.bytes = bytes;
      this.dataAt = dataAt;
      this.rows = rows;
      this.name = name;
    }

    int length() {
      return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }

    /** Returns what the footer says of it if it begins there. */
    ColumnMetaData metadata(long start) {
      return new ColumnMetaData(
              Type.INT32,
              List.of(Encoding.PLAIN, Encoding.RLE, Encoding.RLE_DICTIONARY),
              List.of(name),
              CompressionCodec.UNCOMPRESSED,
              rows,
              bytes.length,
              bytes.length,
              start + dataAt)
          .setDictionary_page_offset(start);
    }
  }
}
