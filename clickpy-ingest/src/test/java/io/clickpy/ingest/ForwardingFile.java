package io.clickpy.ingest;

import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** A file that is another one, but for what a test overrides. */
interface ForwardingFile extends SourceFile {
  SourceFile file();

  @Override
  default URI uri() {
    return file().uri();
  }

  @Override
  default long size() {
    return file().size();
  }

  @Override
  default String contentTag() {
    return file().contentTag();
  }

  @Override
  default InputStream open(long offset, long length) throws IOException {
    return file().open(offset, length);
  }
}
