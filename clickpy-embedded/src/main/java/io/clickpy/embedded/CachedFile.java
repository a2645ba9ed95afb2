package io.clickpy.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file with its size noted beside it, so that a cut one is told from a whole one without reading
 * it.
 */
final class CachedFile {

  private final Path path;
  private final Path note;

  CachedFile(Path path) {
    this.path = path;
    this.note = path.resolveSibling(path.getFileName() + ".size");
  }

  Path path() {
    return path;
  }

  boolean isWhole() {
    try {
      return Long.toString(Files.size(path)).equals(Files.readString(note).strip());
    } catch (IOException e) {
      return false;
    }
  }

  /** Says in words what is there. */
  String state() {
    try {
      long size = Files.size(path);
      if (isWhole()) {
        return path + " (whole)";
      }
      String noted = Files.exists(note) ? Files.readString(note).strip() : "an unknown number of";
      return path + " (damaged: " + size + " bytes instead of " + noted + ")";
    } catch (NoSuchFileException e) {
      return path + " (absent)";
    } catch (IOException e) {
      return path + " (unreadable: " + e + ")";
    }
  }

  /**
   * Moves a whole file of the same file system here. A crash in between leaves a file that is not
   * whole.
   */
  void replaceBy(Path whole) throws IOException {
    Path wholeNote = whole.resolveSibling(note.getFileName());
    Files.writeString(wholeNote, Files.size(whole) + "\n");
    Files.deleteIfExists(note);
    Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
    Files.move(wholeNote, note, StandardCopyOption.ATOMIC_MOVE);
  }
}
