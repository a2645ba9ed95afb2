package io.clickpy.ingest.internal.parquet;

/** Hears of bytes of a file that have been dealt with; may throw to stop the work. */
@FunctionalInterface
public interface BytesRead {
  /** Takes notice of so many more bytes. */
  void add(long bytes);
}
