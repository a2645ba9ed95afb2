package io.clickpy.ingest.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import io.clickpy.ingest.source.ServerRead;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * One generation of an object.
 *
 * @param storage the client
 * @param id bucket, name and generation
 * @param size the size in bytes
 * @param contentTag generation and checksum
 * @param serverRead how the server can read it itself, if it can
 */
record GcsFile(
    Storage storage, BlobId id, long size, String contentTag, Optional<ServerRead> serverRead)
    implements SourceFile {
  /** Bytes that a stream holds; it has one request for its whole range. */
  private static final int BUFFER = 1 << 18;

  /**
   * Returns the generation that was listed.
   *
   * @param collection the server's named collection for the bucket, if it has one
   */
  static GcsFile of(Storage storage, BlobInfo blob, Optional<String> collection) {
    return new GcsFile(
        storage,
        BlobId.of(blob.getBucket(), blob.getName(), blob.getGeneration()),
        blob.getSize(),
        blob.getGeneration() + "-" + blob.getCrc32c(),
        collection.filter(name -> blob.getMd5() != null).map(name -> serverRead(name, blob)));
  }

  private static ServerRead serverRead(String collection, BlobInfo blob) {
    return new ServerRead.NamedCollection(
        ServerRead.ObjectStore.GCS, collection, blob.getName(), blob.getMd5ToHexString());
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
