package io.clickpy.examples.sample;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Tells parquet-hadoop how a {@link Download} becomes a row of {@link ExportSchema#MESSAGE}. */
final class DownloadWriteSupport extends WriteSupport<Download> {
  private @Nullable DownloadRowWriter rows;

  // Deprecated, yet abstract.
  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  private static WriteContext context() {
    return new WriteContext(ExportSchema.MESSAGE, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    rows = new DownloadRowWriter(consumer);
  }

  @Override
  public void write(Download download) {
    requireNonNull(rows, "prepareForWrite comes first").write(download);
  }
}
