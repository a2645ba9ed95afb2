package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.Insert;
import io.clickpy.ingest.internal.parquet.BytesRead;
import io.clickpy.ingest.internal.parquet.ParquetColumn;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import io.clickpy.ingest.internal.parquet.RowGroupReader;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/**
 * Decodes the columns needed here, and sends rows.
 *
 * <p>Neither side holds more than a few pages, however large the file and its row groups are.
 */
final class RowPush implements Transfer {
  private final SourceFile file;
  private final ParquetFooter footer;
  private final DownloadMapping mapping;

  RowPush(SourceFile file, ParquetFooter footer, DownloadMapping mapping) {
    this.file = file;
    this.footer = footer;
    this.mapping = mapping;
  }

  @Override
  public void into(Target target, BytesRead progress) {
    if (footer.rows() == 0) {
      return;
    }
    String statement = mapping.insertOfInput(target.table());
    Insert insert =
        Insert.into(statement, "RowBinary", out -> write(out, progress))
            .setting("max_insert_threads", target.insertThreads());
    ServerErrors.ofFile(() -> insert.execute(target.clickpy()));
  }

  /** Writes the rows of the file in the format RowBinary. */
  void write(OutputStream out, BytesRead progress) throws IOException {
    List<ParquetColumn> columns = mapping.columns();
    RowBinary rows = new RowBinary(out);
    for (RowGroup group : footer.metadata().getRow_groups()) {
      try (RowGroupReader reader = RowGroupReader.open(file, footer, group, columns, progress)) {
        reader.readAll(rows);
      }
    }
    rows.flush();
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (RowGroup group : footer.metadata().getRow_groups()) {
      for (ParquetColumn column : mapping.columns()) {
        bytes += footer.chunk(group, column).length();
      }
    }
    return bytes;
  }
}
