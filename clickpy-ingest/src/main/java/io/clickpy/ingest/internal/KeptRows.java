package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.ingest.internal.publication.StagedFile;
import java.time.LocalDate;
import java.util.List;

/** The rows that a replacement has kept, to be brought back. */
final class KeptRows implements DayRows {
  private final ClickPy clickpy;
  private final DayRepairEntry repair;
  private final DownloadsTable kept;

  KeptRows(ClickPy clickpy, DayRepairEntry repair, DownloadsTable kept) {
    this.clickpy = clickpy;
    this.repair = repair;
    this.kept = kept;
  }

  @Override
  public String id() {
    return "kept " + repair.id();
  }

  @Override
  public List<StagedFile> stage(Staging staging) {
    String columns = DayContent.columns(kept);
    Command.of(
            "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s"
                .formatted(staging.rawName(), columns, kept.name()))
        .execute(clickpy);
    return List.of();
  }

  @Override
  public void requireFit(List<LocalDate> days, DownloadsTable staged, long rows) {
    DayContent now = DayContent.of(clickpy, staged);
    if (!now.equals(DayContent.of(clickpy, kept))) {
      throw new ClickPyException(
          ErrorCode.OUTCOME_UNKNOWN,
          "Cannot bring back %s (%d of %d rows were copied). Nothing was changed. Call again."
              .formatted(DayTotals.text(days), now.rows(), repair.rowsBefore()));
    }
  }

  @Override
  public void requireReplaceable(List<LocalDate> days, DayContent present) {
    if (!present.equals(repair.now())) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot undo the replacement of %s (there were %d rows, and others have come or gone since: there are %d). Nothing was changed. confirm it, and replace the day by what it is to have."
              .formatted(DayTotals.text(days), repair.now().rows(), present.rows()));
    }
  }
}
