package io.clickpy.ingest.internal.parquet;

import java.io.IOException;

/** The values of a page that are there. */
@FunctionalInterface
interface Values {
  /** Hands over the next one. */
  void next(RowSink sink) throws IOException;
}
