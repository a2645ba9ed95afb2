package io.clickpy.ingest.source;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Files of the local file system: see {@link ParquetSource#local(Path)}.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class LocalSource implements ParquetSource {
  private static final String SUFFIX = ".parquet";
  private static final String GLOB_CHARACTERS = "*?[{";

  private final String path;
  private final Lister lister;

  private LocalSource(String path, Lister lister) {
    this.path = path;
    this.lister = lister;
  }

  static LocalSource of(String path) {
    return new LocalSource(Objects.requireNonNull(path, "path"), LocalFile::of);
  }

  /**
   * Returns this source with the assurance that the ClickHouse server sees the same files under the
   * same paths, because it runs on this machine or mounts the same disk: it then reads them itself.
   *
   * <p>A server reads only below its {@code user_files_path}, unless it runs without that limit, as
   * the embedded one does. What it finds must have the size and the time of the last change that
   * this program sees; otherwise the file fails.
   */
  public LocalSource sharedWithServer() {
    return new LocalSource(path, LocalFile::shared);
  }

  @Override
  public List<SourceFile> list() throws IOException {
    Path literal = literal();
    if (literal != null && Files.isRegularFile(literal)) {
      return List.of(lister.list(literal));
    }
    if (literal != null && Files.isDirectory(literal)) {
      return below(
          literal,
          file -> isExport(literal.relativize(file)),
          "no file in it ends in .parquet, nor in a folder below");
    }
    if (firstGlobCharacter() == path.length()) {
      throw unlistable("there is no such file or folder");
    }
    return glob();
  }

  /** The path as it stands; null where the system allows no such name, as Windows and {@code *}. */
  private @Nullable Path literal() {
    try {
      return normal(Path.of(path));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Looks below the longest beginning of the glob that is a plain folder. */
  private List<SourceFile> glob() throws IOException {
    int start = folderEnd(firstGlobCharacter());
    Path root = normal(Path.of(path.substring(0, start)));
    if (!Files.isDirectory(root)) {
      throw unlistable("there is no folder " + root);
    }
    PathMatcher matcher = matcher(path.substring(start));
    return below(root, file -> matcher.matches(root.relativize(file)), "no file matches it");
  }

  private PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw unlistable("it is no valid glob");
    }
  }

  private int firstGlobCharacter() {
    return (int) path.chars().takeWhile(c -> GLOB_CHARACTERS.indexOf(c) < 0).count();
  }

  private int folderEnd(int before) {
    return 1
        + Math.max(path.lastIndexOf('/', before), path.lastIndexOf(File.separatorChar, before));
  }

  private List<SourceFile> below(Path folder, Predicate<Path> wanted, String ifNone)
      throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      found = all.filter(wanted).filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (found.isEmpty()) {
      throw unlistable(ifNone);
    }
    List<SourceFile> files = new ArrayList<>(found.size());
    for (Path file : found) {
      files.add(lister.list(file));
    }
    return List.copyOf(files);
  }

  private static boolean isExport(Path relative) {
    return relative.toString().endsWith(SUFFIX)
        && StreamSupport.stream(relative.spliterator(), false)
            .map(Path::toString)
            .noneMatch(name -> name.startsWith(".") || name.startsWith("_"));
  }

  private static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private ClickPyException unlistable(String reason) {
    return new ClickPyException(
        ErrorCode.INVALID_DATA,
        "Cannot list %s (%s). Name a file, a folder or a glob of Parquet files."
            .formatted(path, reason));
  }

  @Override
  public String toString() {
    return "ParquetSource.local(" + path + ")";
  }

  /** Looks at a file. */
  @FunctionalInterface
  private interface Lister {
    SourceFile list(Path path) throws IOException;
  }
}
