package io.clickpy.ingest.source;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * How the ClickHouse server itself can read a file. What it reads must be the file that was listed;
 * each way says how that is made sure.
 *
 * <p>All of it appears in the server's logs, so it holds no secret.
 */
public sealed interface ServerRead {
  /**
   * A file that the server sees under a path of its own.
   *
   * @param path absolute, on the server
   * @param lastModified the time of the last change that the file must have, to the second
   */
  record File(String path, Instant lastModified) implements ServerRead {
    /** Checks that nothing is missing. */
    public File {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(lastModified, "lastModified");
    }
  }

  /**
   * A file that the server can fetch.
   *
   * @param url its URL
   * @param headers what the server sends with each request: the condition that the file is the one
   *     listed, as {@code If-Match}
   */
  record Url(URI url, Map<String, String> headers) implements ServerRead {
    /** Copies the map. */
    public Url {
      Objects.requireNonNull(url, "url");
      headers = Map.copyOf(headers);
      for (String name : headers.keySet()) {
        if (!name.matches("[A-Za-z0-9-]+")) {
          throw new IllegalArgumentException(
              "Invalid header: %s (must be letters, digits and dashes).".formatted(name));
        }
      }
    }
  }

  /**
   * An object of a store to which a named collection of the server has the credentials.
   *
   * @param store which kind of store
   * @param collection the collection's name, letters, digits and underscores
   * @param object the object's name below the collection's URL
   * @param etag the ETag that the object must have, in the spelling of the server's column {@code
   *     _etag}
   */
  record NamedCollection(ObjectStore store, String collection, String object, String etag)
      implements ServerRead {
    /** Checks the name. */
    public NamedCollection {
      Objects.requireNonNull(store, "store");
      Objects.requireNonNull(object, "object");
      Objects.requireNonNull(etag, "etag");
      if (!collection.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException(
            "Invalid named collection: %s (must be letters, digits and underscores)."
                .formatted(collection));
      }
    }
  }

  /** A kind of store. */
  enum ObjectStore {
    /** Amazon S3, and what speaks like it. */
    S3,
    /** Google Cloud Storage. */
    GCS
  }
}
