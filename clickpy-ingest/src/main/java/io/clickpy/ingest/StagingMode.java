package io.clickpy.ingest;

/** How the rows of a file come to the server. Each way makes the same rows of the same file. */
public enum StagingMode {
  /**
   * {@link #SERVER_PULL} for a file whose source says how the server can read it, else {@link
   * #PUSH_PARQUET}; {@link #PUSH_ROWS} where a single row group is so large that the server should
   * not hold it.
   */
  AUTO,
  /**
   * The server reads the file itself: the fastest way, and nothing travels through this program but
   * the footer. The source must say how: {@link
   * io.clickpy.ingest.source.LocalSource#sharedWithServer}, {@link
   * io.clickpy.ingest.source.HttpSource#reachableByServer}, or {@link
   * io.clickpy.ingest.source.SourceFile#serverRead} of your own. Other files are refused.
   */
  SERVER_PULL,
  /**
   * The columns needed travel as they are packed in the file. This program holds a buffer; the
   * server holds a slice of about 128 MB, or one row group if that is larger.
   */
  PUSH_PARQUET,
  /**
   * This program unpacks the columns needed, and sends rows. Neither side holds more than a few
   * pages, but more bytes travel. It reads the encodings {@code PLAIN} and {@code DICTIONARY} in
   * the codecs snappy, gzip, zstd, LZ4 (raw) and none; other files are refused.
   */
  PUSH_ROWS
}
