package io.clickpy.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/**
 * One file of a {@link ParquetSource}: its name, its size, and its bytes by ranges.
 *
 * <p>Implementations are immutable and thread-safe.
 */
public interface SourceFile {
  /**
   * Returns the name, absolute and the same in every listing: loads recognize the file by it. It
   * appears in reports and errors, so it holds no secret.
   */
  URI uri();

  /** Returns the size in bytes. */
  long size();

  /**
   * Returns a text that changes whenever the content does, as an ETag, a generation, or size and
   * time of the last change.
   */
  String contentTag();

  /**
   * Opens a range of bytes. Whoever opens it closes it, maybe before its end.
   *
   * @param offset the first byte, counted from 0
   * @param length how many bytes; {@code offset + length} is at most {@link #size()}
   * @return a stream of exactly that range; it need not be buffered. One that ends early counts as
   *     a damaged file
   * @throws FileChangedException if the file is no longer the one listed
   * @throws IOException if it cannot be read
   * @throws io.clickpy.core.ClickPyException likewise, with a message for the user and whether a
   *     later load may succeed
   */
  InputStream open(long offset, long length) throws IOException;

  /**
   * Returns how the ClickHouse server can read this very file itself; empty, as it is by default,
   * if the bytes must come through this program.
   */
  default Optional<ServerRead> serverRead() {
    return Optional.empty();
  }
}
