package io.clickpy.ingest.gcs;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.ServerRead;
import io.clickpy.ingest.source.SourceFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Objects of Google Cloud Storage.
 *
 * <pre>{@code
 * import io.clickpy.ingest.gcs.GcsSource;
 *
 * LoadReport report = ParquetLoader.into(clickpy)
 *     .from(GcsSource.of("gs://my-exports/file_downloads/2024-08-12-*"))
 *     .load();
 * }</pre>
 *
 * <p>By default the credentials are found the usual way: the file that {@code
 * GOOGLE_APPLICATION_CREDENTIALS} names, gcloud's, or the machine's own. The client retries what
 * may pass as its settings say; {@link #client(Storage)} takes one with settings of your own.
 *
 * <p>An object is read by ranges, and only in the generation that was listed: if somebody
 * overwrites it meanwhile, it fails with {@link io.clickpy.ingest.source.FileChangedException}. The
 * content tag is generation and CRC-32C. The listing comes in pages, however long it is.
 *
 * <p>Immutable and thread-safe. A client that this source makes lives as long as the files listed.
 */
@CheckReturnValue
public final class GcsSource implements ParquetSource {
  private final GcsPattern pattern;
  private final Supplier<Storage> client;
  private final Optional<String> collection;

  private GcsSource(GcsPattern pattern, Supplier<Storage> client, Optional<String> collection) {
    this.pattern = pattern;
    this.client = client;
    this.collection = collection;
  }

  /**
   * Returns the objects that a pattern names.
   *
   * <ul>
   *   <li>{@code gs://bucket/path/name} is that object.
   *   <li>{@code gs://bucket/path/} is every object below whose name ends in {@code .parquet};
   *       names that begin with {@code .} or {@code _} are left out, as unfinished exports have
   *       them.
   *   <li>With <code>*</code> or <code>?</code> it is every object that matches: <code>*</code>
   *       stands for any characters but a slash, <code>**</code> for any, <code>?</code> for one
   *       but a slash.
   * </ul>
   *
   * <p>Objects come in the order of their names. Nothing is asked before {@link #list()}.
   *
   * @throws IllegalArgumentException if it is no such pattern
   */
  public static GcsSource of(String pattern) {
    return new GcsSource(
        GcsPattern.parse(pattern),
        () -> StorageOptions.getDefaultInstance().getService(),
        Optional.empty());
  }

  /** Returns this source without credentials, for a bucket that everybody may read. */
  public GcsSource anonymous() {
    return with(() -> StorageOptions.getUnauthenticatedInstance().getService());
  }

  /**
   * Returns this source on an emulator, without credentials.
   *
   * @param endpoint where it listens, as {@code http://localhost:4443}
   */
  public GcsSource emulator(URI endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    return with(
        () ->
            StorageOptions.http()
                .setHost(endpoint.toString())
                .setProjectId("emulator")
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService());
  }

  /** Returns this source by a client of the caller's, who closes it after the load. */
  public GcsSource client(Storage storage) {
    Objects.requireNonNull(storage, "storage");
    return with(() -> storage);
  }

  private GcsSource with(Supplier<Storage> made) {
    return new GcsSource(pattern, made, collection);
  }

  /**
   * Returns this source with a way for the ClickHouse server to read the objects itself, by its
   * function {@code gcs}: a named collection of the server with the URL of the bucket, as {@code
   * https://storage.googleapis.com/bucket/}, and an HMAC key.
   *
   * <p>What the server finds must have the MD5 that was listed as its ETag. Objects without one,
   * which were composed of others, go through this program. So must those with a key of the
   * customer's, whose ETag is another: leave this out for them.
   *
   * @param name letters, digits and underscores
   * @throws IllegalArgumentException if the name is not that
   */
  public GcsSource namedCollection(String name) {
    // Checks the name.
    ServerRead unused = new ServerRead.NamedCollection(ServerRead.ObjectStore.GCS, name, "", "");
    return new GcsSource(pattern, client, Optional.of(name));
  }

  /**
   * Lists the objects, all pages of them.
   *
   * @throws ClickPyException if they cannot be listed, or there is not one
   */
  @Override
  public List<SourceFile> list() {
    List<SourceFile> files;
    try {
      files = list(client.get());
    } catch (StorageException e) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot list %s (%s). Check the bucket, the credentials and the network."
              .formatted(pattern, reason(e)),
          e,
          e.isRetryable(),
          null);
    }
    if (files.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot list %s (%s). Name an object, a folder by its slash, or a pattern."
              .formatted(pattern, pattern.ifNone()));
    }
    return List.copyOf(files);
  }

  private List<SourceFile> list(Storage storage) {
    Iterable<Blob> found =
        storage
            .list(
                pattern.bucket(),
                BlobListOption.prefix(pattern.prefix()),
                BlobListOption.fields(
                    BlobField.NAME,
                    BlobField.SIZE,
                    BlobField.GENERATION,
                    BlobField.CRC32C,
                    BlobField.MD5HASH))
            .iterateAll();
    List<SourceFile> files = new ArrayList<>();
    for (BlobInfo blob : found) {
      if (pattern.matches(blob.getName())) {
        files.add(GcsFile.of(storage, blob, collection));
      }
    }
    return files;
  }

  /** Returns what went wrong; a failure without an answer has no status. */
  static String reason(StorageException e) {
    return e.getCode() > 0
        ? "HTTP %s: %s".formatted(e.getCode(), e.getMessage())
        : String.valueOf(e.getMessage());
  }

  @Override
  public String toString() {
    return "GcsSource(" + pattern + ")";
  }
}
