package io.clickpy.ingest.internal.parquet;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** Reads the pages of one column's part of a row group, one after the other. */
final class PageReader implements Closeable {
  private static final int USUAL_HEADER = 128;

  /** Statistics in a header can be as long as two texts. */
  private static final int LONGEST_HEADER = 1 << 20;

  private final BufferedInputStream in;
  private final Decompressor decompressor;
  private final boolean hasLevels;
  private final MemoryBudget budget;
  private final BytesRead progress;
  private long left;

  PageReader(
      InputStream in,
      long length,
      Decompressor decompressor,
      boolean hasLevels,
      MemoryBudget budget,
      BytesRead progress) {
    this.in = new BufferedInputStream(in);
    this.left = length;
    this.decompressor = decompressor;
    this.hasLevels = hasLevels;
    this.budget = budget;
    this.progress = progress;
  }

  /**
   * Reads the next page with values.
   *
   * @param dictionaries takes a dictionary that comes before it
   * @return null at the end
   */
  @Nullable Page next(DictionarySink dictionaries) throws IOException {
    while (left > 0) {
      PageHeader header = header();
      byte[] packed = packed(header);
      try {
        switch (header.getType()) {
          case DATA_PAGE -> {
            return dataPage(header, packed);
          }
          case DATA_PAGE_V2 -> {
            return dataPageV2(header, packed);
          }
          case DICTIONARY_PAGE -> dictionaries.take(dictionary(header, packed));
          case INDEX_PAGE -> {} // Nothing that rows need.
        }
      } finally {
        budget.release(packed.length);
      }
    }
    return null;
  }

  private PageHeader header() throws IOException {
    for (int window = USUAL_HEADER; ; window *= 8) {
      int size = (int) Math.min(window, left);
      in.mark(size);
      byte[] bytes = in.readNBytes(size);
      in.reset();
      if (bytes.length < size) {
        throw new EOFException("it ends too early");
      }
      try {
        int length = ThriftBounds.length(bytes);
        PageHeader header = Util.readPageHeader(new ByteArrayInputStream(bytes, 0, length));
        in.skipNBytes(length);
        left -= length;
        return header;
      } catch (IOException | RuntimeException e) {
        if (size == left || window >= LONGEST_HEADER) {
          throw new DamagedColumnException("a page has no header");
        }
      }
    }
  }

  private byte[] packed(PageHeader header) throws IOException {
    int length = header.getCompressed_page_size();
    if (length < 0 || length > left || header.getUncompressed_page_size() < 0) {
      throw new DamagedColumnException("a page of %s bytes".formatted(length));
    }
    budget.reserve(length);
    byte[] packed = in.readNBytes(length);
    if (packed.length < length) {
      throw new EOFException("it ends too early");
    }
    left -= length;
    progress.add(length);
    if (header.isSetCrc() && crc(packed) != header.getCrc()) {
      throw new DamagedColumnException("a page has another checksum than it should");
    }
    return packed;
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private Page dataPage(PageHeader header, byte[] packed) throws IOException {
    DataPageHeader data = header.getData_page_header();
    if (data == null) {
      throw new DamagedColumnException("a page has no header");
    }
    byte[] bytes = unpacked(header, packed, 0);
    if (!hasLevels) {
      return page(bytes, data.getNum_values(), data.getEncoding(), 0, 0);
    }
    if (data.getDefinition_level_encoding() != Encoding.RLE || bytes.length < Integer.BYTES) {
      throw new DamagedColumnException(
          "levels written as %s".formatted(data.getDefinition_level_encoding()));
    }
    long end = Integer.BYTES + (long) LittleEndian.int32(bytes, 0);
    return page(bytes, data.getNum_values(), data.getEncoding(), Integer.BYTES, end);
  }

  private Page dataPageV2(PageHeader header, byte[] packed) throws IOException {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    if (data == null
        || data.getRepetition_levels_byte_length() != 0
        || data.getDefinition_levels_byte_length() < 0
        || data.getDefinition_levels_byte_length() > packed.length) {
      throw new DamagedColumnException("a page has no header that holds");
    }
    int levels = data.getDefinition_levels_byte_length();
    byte[] bytes = data.isIs_compressed() ? unpacked(header, packed, levels) : held(packed);
    return page(bytes, data.getNum_values(), data.getEncoding(), 0, levels);
  }

  private static Page page(byte[] bytes, int values, Encoding encoding, int levels, long content)
      throws DamagedColumnException {
    if (values < 0 || content < levels || content > bytes.length) {
      throw new DamagedColumnException("a page whose levels do not lie in it");
    }
    return new Page(bytes, values, encoding, levels, (int) content);
  }

  private Page dictionary(PageHeader header, byte[] packed) throws IOException {
    if (header.getDictionary_page_header() == null
        || header.getDictionary_page_header().getNum_values() < 0) {
      throw new DamagedColumnException("a dictionary has no header");
    }
    byte[] bytes = unpacked(header, packed, 0);
    return new Page(
        bytes,
        header.getDictionary_page_header().getNum_values(),
        header.getDictionary_page_header().getEncoding(),
        0,
        0);
  }

  /** Unpacks a page but for its first bytes, which are never packed. */
  private byte[] unpacked(PageHeader header, byte[] packed, int plain) throws IOException {
    int length = header.getUncompressed_page_size();
    if (length < plain) {
      throw new DamagedColumnException("a page of %s bytes".formatted(length));
    }
    budget.reserve(length);
    byte[] bytes = new byte[length];
    System.arraycopy(packed, 0, bytes, 0, plain);
    int unpacked =
        length == plain
            ? 0
            : decompressor.unpack(
                packed, plain, packed.length - plain, bytes, plain, length - plain);
    if (unpacked != length - plain) {
      throw new DamagedColumnException(
          "a page of %s bytes that should be %s".formatted(plain + unpacked, length));
    }
    return bytes;
  }

  private byte[] held(byte[] bytes) throws IOException {
    budget.reserve(bytes.length);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Takes a dictionary. */
  @FunctionalInterface
  interface DictionarySink {
    void take(Page dictionary) throws IOException;
  }
}
