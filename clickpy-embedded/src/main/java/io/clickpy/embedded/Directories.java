package io.clickpy.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Chores on directory trees that another process may be changing meanwhile: what is gone already is
 * no error.
 */
final class Directories {

  private Directories() {}

  /** Deletes a directory, if it is there, and all below it. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          void afterDirectory(Path visited) throws IOException {
            Files.deleteIfExists(visited);
          }
        });
  }

  /** The size in bytes of all files below a directory. */
  static long size(Path directory) throws IOException {
    long[] total = {0};
    Files.walkFileTree(
        directory,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            total[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          void afterDirectory(Path visited) {}
        });
    return total[0];
  }

  private abstract static class Visitor extends SimpleFileVisitor<Path> {

    abstract void afterDirectory(Path visited) throws IOException;

    @Override
    public final FileVisitResult visitFileFailed(Path file, IOException failure)
        throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public final FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
        throws IOException {
      if (failure != null && !(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      afterDirectory(visited);
      return FileVisitResult.CONTINUE;
    }
  }
}
