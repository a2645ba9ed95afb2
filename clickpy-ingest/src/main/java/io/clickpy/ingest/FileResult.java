package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What became of one file of a load. */
public sealed interface FileResult {
  /** Returns the file's name. */
  URI uri();

  /** Returns the file's size in bytes. */
  long bytes();

  /**
   * All rows of the file are in the tables, except those rejected.
   *
   * @param uri the file's name
   * @param bytes the file's size
   * @param rowsRead rows in the file
   * @param rejected how many rows were rejected, by reason; reasons that did not occur are absent
   * @param elapsed how long the file took
   */
  record Loaded(
      URI uri, long bytes, long rowsRead, Map<RejectReason, Long> rejected, Duration elapsed)
      implements FileResult {
    /** Copies the map. */
    public Loaded {
      Objects.requireNonNull(uri, "uri");
      Objects.requireNonNull(elapsed, "elapsed");
      Map<RejectReason, Long> copy = new EnumMap<>(RejectReason.class);
      copy.putAll(rejected);
      rejected = Collections.unmodifiableMap(copy);
    }

    /** Returns how many rows were rejected. */
    public long rowsRejected() {
      return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many rows are now in the raw table. */
    public long rowsLoaded() {
      return rowsRead - rowsRejected();
    }
  }

  /**
   * The file was loaded before, with the same content; nothing has been done.
   *
   * @param uri the file's name
   * @param bytes the file's size
   */
  record Skipped(URI uri, long bytes) implements FileResult {
    /** Checks that nothing is missing. */
    public Skipped {
      Objects.requireNonNull(uri, "uri");
    }
  }

  /**
   * Nothing of the file is in the tables. The exceptions say so in their reasons: a load that lost
   * the server while it published, whose file the next load completes first; and a file whose
   * publication cannot be completed because somebody dropped its staging tables.
   *
   * @param uri the file's name
   * @param bytes the file's size
   * @param error what went wrong
   */
  record Failed(URI uri, long bytes, ClickPyException error) implements FileResult {
    /** Checks that nothing is missing. */
    public Failed {
      Objects.requireNonNull(uri, "uri");
      Objects.requireNonNull(error, "error");
    }

    /**
     * Returns what kind of error it was; {@link ErrorCode#INVALID_DATA} is the file's own fault.
     */
    public ErrorCode code() {
      return error.code();
    }

    /** Returns why the file failed, in words. */
    public String reason() {
      return String.valueOf(error.getMessage());
    }
  }
}
