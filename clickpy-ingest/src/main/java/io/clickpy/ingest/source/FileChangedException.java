package io.clickpy.ingest.source;

import java.io.IOException;

/**
 * A file is no longer the one that was listed: its rows must not be mixed with those read before. A
 * new listing sees it as it is now.
 *
 * <p>For a {@link SourceFile} to throw. The file then fails as one that may be loaded later, and
 * nothing of it has been loaded.
 */
public final class FileChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A file that is not the one listed. */
  public FileChangedException() {
    super("it has changed since it was listed");
  }
}
