package io.clickpy.ingest.internal.parquet;

import io.clickpy.ingest.source.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;

/** A file in memory. */
public final class Bytes implements SourceFile {
  private final byte[] content;

  public Bytes(byte[] content) {
    this.content = content;
  }

  @Override
  public URI uri() {
    return URI.create("memory:a.parquet");
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public String contentTag() {
    return "1";
  }

  @Override
  public InputStream open(long offset, long length) {
    return new ByteArrayInputStream(content, Math.toIntExact(offset), Math.toIntExact(length));
  }
}
