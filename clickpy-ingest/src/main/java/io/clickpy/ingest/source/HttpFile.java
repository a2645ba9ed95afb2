package io.clickpy.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/**
 * A file of an HTTP server, as it was when it was listed.
 *
 * @param ranges how to ask for it
 * @param uri its URL without secrets, by which it is known
 * @param url its URL in full
 * @param validator what tells its content from another
 */
record HttpFile(HttpRanges ranges, URI uri, URI url, HttpValidator validator)
    implements SourceFile {
  @Override
  public long size() {
    return validator.size();
  }

  @Override
  public String contentTag() {
    return validator.tag();
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    return length == 0
        ? InputStream.nullInputStream()
        : ResumingStream.open(
            ranges.attempts(),
            offset,
            length,
            (from, count) -> ranges.open(url, validator, from, count));
  }

  @Override
  public String toString() {
    return "HttpFile[" + uri + "]";
  }
}
