package io.clickpy.ingest;

import java.net.URI;

/** Something that happened in a load; see {@link LoadListener}. */
public sealed interface LoadEvent {
  /** Returns how far the load has come. */
  LoadProgress progress();

  /**
   * A file's turn has come.
   *
   * @param uri the file's name
   * @param progress how far the load has come
   */
  record FileStarted(URI uri, LoadProgress progress) implements LoadEvent {}

  /**
   * A file is under way; comes at most about ten times a second.
   *
   * @param uri the file's name
   * @param progress how far the load has come
   */
  record FileProgressed(URI uri, LoadProgress progress) implements LoadEvent {}

  /**
   * A file is in the tables.
   *
   * @param file the file
   * @param progress how far the load has come, this file included
   */
  record FileLoaded(FileResult.Loaded file, LoadProgress progress) implements LoadEvent {}

  /**
   * A file was loaded before.
   *
   * @param file the file
   * @param progress how far the load has come, this file included
   */
  record FileSkipped(FileResult.Skipped file, LoadProgress progress) implements LoadEvent {}

  /**
   * A file failed.
   *
   * @param file the file, with the reason
   * @param progress how far the load has come, this file included
   */
  record FileFailed(FileResult.Failed file, LoadProgress progress) implements LoadEvent {}
}
