package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import io.clickpy.ingest.internal.parquet.RowGroupReader;
import io.clickpy.ingest.source.ServerRead;
import io.clickpy.ingest.source.SourceFile;
import java.util.List;
import java.util.function.DoubleConsumer;

/** A file of downloads: its footer read, and seen to fit. */
public final class DownloadFile {
  /** What a server can well hold of a single row group. */
  private static final long MOST_AT_ONCE = 512L << 20;

  private final SourceFile file;
  private final ParquetFooter footer;
  private final DownloadMapping mapping;

  private DownloadFile(SourceFile file, ParquetFooter footer, DownloadMapping mapping) {
    this.file = file;
    this.footer = footer;
    this.mapping = mapping;
  }

  /**
   * Opens a file.
   *
   * @throws ClickPyException if it cannot be read, is damaged or has other columns
   */
  public static DownloadFile open(SourceFile file, DownloadColumns columns, RowFilter filter) {
    ParquetFooter footer = ParquetFooter.read(file);
    return new DownloadFile(file, footer, DownloadMapping.of(footer.columns(), columns, filter));
  }

  /** Returns how many rows it has. */
  public long rows() {
    return footer.rows();
  }

  /**
   * Inserts all rows into a table with the columns of the raw one. A row that is not to be counted
   * gets an empty project, and the name of a {@link io.clickpy.ingest.RejectReason} as version.
   *
   * @param progress hears how much is done, from 0 to 1; may throw to stop
   * @throws ClickPyException if it fails; rows inserted before stay
   */
  public void insertInto(Target target, StagingMode mode, DoubleConsumer progress) {
    Transfer transfer = transfer(mode);
    long total = Math.max(transfer.bytes(), 1);
    long[] done = new long[1];
    transfer.into(
        target,
        bytes -> {
          done[0] += bytes;
          progress.accept((double) done[0] / total);
        });
  }

  /** Returns the way that the file takes. */
  Transfer transfer(StagingMode mode) {
    return switch (mode) {
      case AUTO -> file.serverRead().isPresent() ? serverPull() : push();
      case SERVER_PULL -> serverPull();
      case PUSH_PARQUET -> parquetPush();
      case PUSH_ROWS -> rowPush();
    };
  }

  private Transfer push() {
    return largestGroup() > MOST_AT_ONCE && RowGroupReader.canRead(footer, mapping.columns())
        ? rowPush()
        : parquetPush();
  }

  private long largestGroup() {
    return footer.metadata().getRow_groups().stream()
        .mapToLong(
            group ->
                mapping.columns().stream()
                    .mapToLong(column -> footer.chunk(group, column).length())
                    .sum())
        .max()
        .orElse(0);
  }

  private Transfer serverPull() {
    ServerRead read =
        file.serverRead()
            .orElseThrow(
                () ->
                    new ClickPyException(
                        ErrorCode.INVALID_DATA,
                        "The server cannot read it itself (its source does not say how). Use StagingMode.AUTO, or a source that does, as ParquetSource.local(…).sharedWithServer()."));
    return new ServerPull(file, read, mapping);
  }

  private Transfer parquetPush() {
    List<ParquetSlice> slices =
        ParquetSlice.of(footer, mapping.columns(), ParquetSlice.USUAL_BYTES);
    return new ParquetPush(file, mapping, slices);
  }

  private Transfer rowPush() {
    return new RowPush(file, footer, mapping);
  }
}
