package io.clickpy.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A file of an HTTP server, as it was when it was listed.
 *
 * @param ranges how to ask for it
 * @param uri its URL without secrets, by which it is known
 * @param url its URL in full
 * @param validator what tells its content from another
 * @param serverRead how the ClickHouse server can read it itself, if it can
 */
record HttpFile(
    HttpRanges ranges, URI uri, URI url, HttpValidator validator, Optional<ServerRead> serverRead)
    implements SourceFile {
  /** Returns this file as one that the server can fetch. */
  HttpFile reachableByServer() {
    ServerRead read = new ServerRead.Url(url, Map.of(validator.condition(), validator.value()));
    return new HttpFile(ranges, uri, url, validator, Optional.of(read));
  }

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
