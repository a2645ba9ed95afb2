package io.clickpy.ingest;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.internal.Listing;
import io.clickpy.ingest.internal.Replacement;
import io.clickpy.ingest.internal.Replacement.Size;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The table {@code projects}: the metadata of every file on PyPI, replaced as a whole.
 *
 * <pre>{@code
 * ProjectsReport report =
 *     Projects.of(clickpy).refresh(ParquetSource.local(Path.of("distribution_metadata")));
 * }</pre>
 *
 * <p>The input is an export of BigQuery's {@code distribution_metadata} in Parquet. Its columns are
 * found by their names; what the table lacks is left out, and what the export lacks is empty. It is
 * brought into a private table and looked at, and only then takes the place of the old one, in one
 * moment; and the dictionary {@code last_updated_dict} is read anew. A refresh that fails before
 * changes nothing, and may be repeated at any time; so may one that succeeded. Of two at once, the
 * later wins.
 *
 * <p>Each file travels as it is, and the server holds one in memory: let exports write files of at
 * most a few hundred megabytes. It needs a database of the engine {@code Atomic}. Immutable and
 * thread-safe.
 */
@CheckReturnValue
public final class Projects {
  private static final double MINIMUM_SHARE = 0.9;

  private final ClickPy clickpy;
  private final double minimumShare;

  private Projects(ClickPy clickpy, double minimumShare) {
    this.clickpy = clickpy;
    this.minimumShare = minimumShare;
  }

  /** Returns the table of a connection. */
  public static Projects of(ClickPy clickpy) {
    return new Projects(Objects.requireNonNull(clickpy, "clickpy"), MINIMUM_SHARE);
  }

  /**
   * Returns the table with another guard against input that is not whole: a refresh is refused that
   * would leave fewer than this share of the rows, or of the projects, that there are now.
   *
   * @param value from 0, which accepts everything but an empty input, to 1; 0.9 by default
   * @throws IllegalArgumentException if it is another number
   */
  public Projects minimumShare(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "Invalid minimum share: " + value + " (must be from 0 to 1)");
    }
    return new Projects(clickpy, value);
  }

  /**
   * Replaces all rows by those of a source.
   *
   * @throws ClickPyException if the source cannot be read, is empty, has much less than there is
   *     now or rows without a name; if the table is missing; or if the server cannot be reached or
   *     refuses. The message says if the new rows are in place all the same
   */
  @CanIgnoreReturnValue
  public ProjectsReport refresh(ParquetSource source) {
    long start = System.nanoTime();
    List<SourceFile> files = Listing.of(source);
    Size before;
    Size now;
    try (Replacement replacement = Replacement.start(clickpy)) {
      for (SourceFile file : files) {
        replacement.add(file);
      }
      now = replacement.staged();
      before = replacement.live();
      requireWhole(source, now, before);
      replacement.exchange();
    }
    return new ProjectsReport(
        files.size(),
        now.rows(),
        now.projects(),
        before.rows(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private void requireWhole(ParquetSource source, Size now, Size before) {
    if (now.rows() == 0) {
      throw refused(source, "it has no rows", "Export it again.");
    }
    if (now.nameless() > 0) {
      throw refused(
          source,
          "%s of its %s rows have no name".formatted(now.nameless(), now.rows()),
          "Export BigQuery's distribution_metadata.");
    }
    requireShare(source, "rows", now.rows(), before.rows());
    requireShare(source, "projects", now.projects(), before.projects());
  }

  private void requireShare(ParquetSource source, String what, long now, long before) {
    if (now < minimumShare * before) {
      throw refused(
          source,
          "it has %s %s, and there are %s now".formatted(now, what, before),
          "Export it again; if it is right, lower minimumShare, which is %s."
              .formatted(minimumShare));
    }
  }

  private static ClickPyException refused(ParquetSource source, String reason, String wayOut) {
    return new ClickPyException(
        ErrorCode.INVALID_DATA,
        "Cannot refresh projects from %s (%s). Nothing was changed. %s"
            .formatted(source, reason, wayOut));
  }

  @Override
  public String toString() {
    return "Projects[" + clickpy + "]";
  }
}
