package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.DateRange;
import io.clickpy.core.ErrorCode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.OptionalLong;

/** Knows how many downloads of a day there should be; see {@link Completeness#expecting}. */
@FunctionalInterface
public interface ExpectedDownloads {
  /**
   * Returns how many downloads the tables should have of a day; empty if nobody knows.
   *
   * @param day in UTC
   */
  OptionalLong on(LocalDate day);

  /**
   * Returns what BigQuery counts. It reads the timestamps of each day that is asked for, and bills
   * them.
   *
   * @param bigQuery runs the queries; if it fails, asking throws a {@link ClickPyException}
   * @param export the table; its folder and limits are not used
   */
  static ExpectedDownloads counted(BigQueryRunner bigQuery, BigQueryExport export) {
    return day -> {
      try {
        return OptionalLong.of(bigQuery.count(export.between(DateRange.of(day, day)).countSql()));
      } catch (IOException e) {
        throw new ClickPyException(
            ErrorCode.CONNECTION,
            "Cannot count the downloads of %s in BigQuery (%s)."
                .formatted(day, String.valueOf(e.getMessage())),
            e,
            true,
            null);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClickPyException(
            ErrorCode.CANCELLED, "Interrupted while BigQuery counted.", e, false, null);
      }
    };
  }
}
