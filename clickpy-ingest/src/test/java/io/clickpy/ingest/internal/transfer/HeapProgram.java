package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.StagingMode;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A program of its own, with a small heap: brings a file into a table. */
final class HeapProgram {
  private HeapProgram() {}

  /** Takes the server, the database, the table, the file's URL and the way. */
  public static void main(String[] args) throws IOException {
    ClickPyConfig config = ClickPyConfig.builder(args[0]).database(args[1]).build();
    try (ClickPy clickpy = ClickPy.connect(config)) {
      ParquetSource source =
          args[3].startsWith("file:")
              ? ParquetSource.local(Path.of(URI.create(args[3])))
              : ParquetSource.http(URI.create(args[3]));
      DownloadFile.open(source.list().get(0), DownloadColumns.ofDefaults(), RowFilter.NONE)
          .insertInto(new Target(clickpy, args[2], "2"), StagingMode.valueOf(args[4]), share -> {});
    }
  }
}
