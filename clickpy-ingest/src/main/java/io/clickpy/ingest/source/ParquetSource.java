package io.clickpy.ingest.source;

import io.clickpy.core.ClickPyException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A place that Parquet files come from.
 *
 * <p>Implementations are immutable and thread-safe. One of your own lists its files and opens
 * ranges of them; this one has a single file, in memory:
 *
 * <pre>{@code
 * record InMemory(URI uri, byte[] bytes) implements SourceFile {
 *   public long size() {
 *     return bytes.length;
 *   }
 *
 *   public String contentTag() {
 *     return Integer.toHexString(Arrays.hashCode(bytes));
 *   }
 *
 *   public InputStream open(long offset, long length) {
 *     return new ByteArrayInputStream(bytes, (int) offset, (int) length);
 *   }
 * }
 *
 * byte[] bytes = Files.readAllBytes(Path.of("sample.parquet"));
 * ParquetSource source = () -> List.of(new InMemory(URI.create("memory:sample"), bytes));
 * }</pre>
 */
@FunctionalInterface
public interface ParquetSource {
  /**
   * Lists the files, in the order in which they are to be loaded. Each call looks again.
   *
   * @throws IOException if the place cannot be read
   * @throws ClickPyException likewise, with a message for the user
   */
  List<SourceFile> list() throws IOException;

  /**
   * Returns files of the local file system.
   *
   * <ul>
   *   <li>A file is itself, whatever its name.
   *   <li>A folder is every file in it, and in the folders below it, whose name ends in {@code
   *       .parquet}; names that begin with {@code .} or {@code _} are left out, as unfinished
   *       exports have them.
   *   <li>Anything else that holds one of <code>* ? [ {</code> is a glob, as {@code
   *       downloads/2024-*.parquet}: <code>*</code> stays in one folder, <code>**</code> crosses
   *       folders.
   * </ul>
   *
   * <p>Files come in the order of their paths. The content tag is size and time of the last change.
   * Nothing is looked at before {@link #list()}, which throws a {@link ClickPyException} if there
   * is no such path, or not one file.
   */
  static LocalSource local(Path path) {
    return LocalSource.of(path.toString());
  }

  /**
   * Returns files of the local file system, as {@link #local(Path)} does; also where a path may not
   * hold the characters of a glob.
   *
   * @param path a file, a folder or a glob
   */
  static LocalSource local(String path) {
    return LocalSource.of(path);
  }

  /**
   * Returns files of HTTP servers; {@link HttpSource} says what they are asked for, and has
   * settings.
   *
   * @param uris one URL for each file, {@code http} or {@code https}, in the order of the load
   * @throws IllegalArgumentException if there is none, if one is no such URL, or if two differ only
   *     in their user or query; the message holds no password
   */
  static HttpSource http(URI... uris) {
    return HttpSource.of(List.of(uris));
  }
}
