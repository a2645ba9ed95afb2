package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.ingest.internal.publication.StagedFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The rows of a file that take the place of those that it brought before. */
final class ChangedFileRows implements DayRows {
  private final FileRows rows;
  private final Map<LocalDate, Long> before;
  private Optional<StagedFile> file = Optional.empty();

  ChangedFileRows(FileRows rows, Map<LocalDate, Long> before) {
    this.rows = rows;
    this.before = before;
  }

  /**
   * Returns the file.
   *
   * @throws NoSuchElementException before it is staged
   */
  StagedFile file() {
    return file.orElseThrow();
  }

  @Override
  public String id() {
    return rows.id();
  }

  @Override
  public List<StagedFile> stage(Staging staging) {
    List<StagedFile> files = rows.stage(staging);
    file = files.stream().findFirst();
    return files;
  }

  @Override
  public void requireFit(List<LocalDate> days, DownloadsTable staged, long count) {
    rows.requireFit(days, staged, count);
  }

  /** Somebody may have brought more since the days were looked at. */
  @Override
  public void requireReplaceable(List<LocalDate> days, DayContent present) {
    long own = before.values().stream().mapToLong(Long::longValue).sum();
    if (present.rows() != own) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot replace %s (there are %s downloads, and the file brought %s). Nothing was changed."
              .formatted(DayTotals.text(days), present.rows(), own));
    }
  }
}
