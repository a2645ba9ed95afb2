package io.clickpy.ingest.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.source.ServerRead;
import io.clickpy.ingest.source.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

/** Which way a file takes by itself. */
class DownloadFileTest {
  private static final int MEGABYTE = 1 << 20;

  @Test
  void aUsualFileIsPushedAsItIs() throws IOException {
    assertThat(automatic(file(100, CompressionCodec.SNAPPY, Encoding.PLAIN)))
        .isInstanceOf(ParquetPush.class);
  }

  @Test
  void aRowGroupThatIsTooMuchForTheServerIsPushedByRows() throws IOException {
    assertThat(automatic(file(600, CompressionCodec.SNAPPY, Encoding.PLAIN)))
        .isInstanceOf(RowPush.class);
  }

  @Test
  void whatCannotBeReadHereIsPushedAsItIsHoweverLarge() throws IOException {
    assertThat(automatic(file(600, CompressionCodec.BROTLI, Encoding.PLAIN)))
        .isInstanceOf(ParquetPush.class);
    assertThat(automatic(file(600, CompressionCodec.SNAPPY, Encoding.DELTA_BYTE_ARRAY)))
        .isInstanceOf(ParquetPush.class);
  }

  @Test
  void aFileThatTheServerCanReadIsPulled() throws IOException {
    SourceFile file = file(600, CompressionCodec.SNAPPY, Encoding.PLAIN);
    SourceFile shared =
        new Sparse(
            file.size(),
            ((Sparse) file).end,
            Optional.of(new ServerRead.Url(URI.create("http://host/a"), Map.of())));
    assertThat(automatic(shared)).isInstanceOf(ServerPull.class);
  }

  private static Transfer automatic(SourceFile file) {
    return DownloadFile.open(file, DownloadColumns.ofDefaults(), RowFilter.NONE)
        .transfer(StagingMode.AUTO);
  }

  /** A file that is nothing but a footer, which tells of so many megabytes before it. */
  private static SourceFile file(int megabytes, CompressionCodec codec, Encoding encoding)
      throws IOException {
    List<SchemaElement> schema = new ArrayList<>();
    schema.add(new SchemaElement("m").setNum_children(3));
    schema.add(leaf("timestamp", Type.INT64).setConverted_type(ConvertedType.TIMESTAMP_MICROS));
    schema.add(leaf("project", Type.BYTE_ARRAY));
    schema.add(
        new SchemaElement("file")
            .setNum_children(1)
            .setRepetition_type(FieldRepetitionType.REQUIRED));
    schema.add(leaf("version", Type.BYTE_ARRAY));
    long size = (long) megabytes * MEGABYTE;
    RowGroup group = new RowGroup(new ArrayList<>(), size, 1);
    List<List<String>> paths =
        List.of(List.of("timestamp"), List.of("project"), List.of("file", "version"));
    for (int i = 0; i < paths.size(); i++) {
      ColumnMetaData data =
          new ColumnMetaData(
              i == 0 ? Type.INT64 : Type.BYTE_ARRAY,
              List.of(encoding, Encoding.RLE),
              paths.get(i),
              codec,
              1,
              size / 3,
              size / 3,
              4 + i * (size / 3));
      group.addToColumns(new ColumnChunk(0).setMeta_data(data));
    }
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    Util.writeFileMetaData(new FileMetaData(1, schema, 1, List.of(group)), end);
    int length = end.size();
    end.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    end.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    return new Sparse(4 + size + end.size(), end.toByteArray(), Optional.empty());
  }

  private static SchemaElement leaf(String name, Type type) {
    return new SchemaElement(name).setType(type).setRepetition_type(FieldRepetitionType.OPTIONAL);
  }

  private static final class Sparse implements SourceFile {
    private final long size;
    private final byte[] end;
    private final Optional<ServerRead> serverRead;

    Sparse(long size, byte[] end, Optional<ServerRead> serverRead) {
      this.size = size;
      this.end = end;
      this.serverRead = serverRead;
    }

    @Override
    public URI uri() {
      return URI.create("memory:sparse");
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public String contentTag() {
      return "1";
    }

    @Override
    public InputStream open(long offset, long length) {
      int at = Math.toIntExact(offset - (size - end.length));
      return new ByteArrayInputStream(end, at, Math.toIntExact(length));
    }

    @Override
    public Optional<ServerRead> serverRead() {
      return serverRead;
    }
  }
}
