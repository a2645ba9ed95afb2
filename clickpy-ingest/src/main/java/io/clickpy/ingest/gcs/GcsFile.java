package io.clickpy.ingest.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * One generation of an object.
 *
 * @param storage the client
 * @param id bucket, name and generation
 * @param size the size in bytes
 * @param contentTag generation and checksum
 */
record GcsFile(Storage storage, BlobId id, long size, String contentTag) implements SourceFile {
  /** Bytes that a stream holds; it has one request for its whole range. */
  private static final int BUFFER = 1 << 18;

  static GcsFile of(Storage storage, BlobInfo blob) {
    return new GcsFile(
        storage,
        BlobId.of(blob.getBucket(), blob.getName(), blob.getGeneration()),
        blob.getSize(),
        blob.getGeneration() + "-" + blob.getCrc32c());
  }

  @Override
  public URI uri() {
    try {
      return new URI("gs", id.getBucket(), "/" + id.getName(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Every bucket and name fit into a URI", e);
    }
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    // As it is stored: the server would unpack an object that is stored as gzip.
    ReadChannel channel = storage.reader(id, BlobSourceOption.shouldReturnRawInputStream(true));
    channel.setChunkSize((int) Math.min(BUFFER, length));
    channel.seek(offset);
    channel.limit(offset + length);
    return new GcsStream(channel);
  }

  @Override
  public String toString() {
    return "GcsFile[" + uri() + "]";
  }
}
