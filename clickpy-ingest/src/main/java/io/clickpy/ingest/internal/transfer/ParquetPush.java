package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.Insert;
import io.clickpy.ingest.internal.parquet.BytesRead;
import io.clickpy.ingest.internal.parquet.Failures;
import io.clickpy.ingest.source.SourceFile;
import java.util.List;

/**
 * Sends the columns needed as they are packed in the file, in slices that are Parquet themselves.
 *
 * <p>This program decodes nothing and holds a buffer; the server holds a slice.
 */
final class ParquetPush implements Transfer {
  private final SourceFile file;
  private final DownloadMapping mapping;
  private final List<ParquetSlice> slices;

  ParquetPush(SourceFile file, DownloadMapping mapping, List<ParquetSlice> slices) {
    this.file = file;
    this.mapping = mapping;
    this.slices = slices;
  }

  @Override
  public void into(Target target, BytesRead progress) {
    String statement = mapping.insertOfInput(target.table());
    for (ParquetSlice slice : slices) {
      Failures.requireNotInterrupted();
      Insert insert =
          Insert.into(statement, "Parquet", out -> slice.writeTo(file, out, progress))
              .setting("max_insert_threads", target.insertThreads());
      ServerErrors.ofFile(() -> insert.execute(target.clickpy()));
    }
  }

  @Override
  public long bytes() {
    return slices.stream().mapToLong(ParquetSlice::length).sum();
  }
}
