package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.util.List;

/** The files of a source. */
public final class Listing {
  private Listing() {}

  /**
   * Lists the files.
   *
   * @throws ClickPyException if they cannot be listed
   */
  public static List<SourceFile> of(ParquetSource source) {
    try {
      return source.list();
    } catch (IOException e) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot list %s (%s: %s). Check that it is there and may be read."
              .formatted(source, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  /**
   * Returns how many rows the footers of all files promise.
   *
   * @throws ClickPyException if one cannot be read
   */
  public static long rows(List<SourceFile> files) {
    return files.stream().mapToLong(file -> ParquetFooter.read(file).rows()).sum();
  }
}
