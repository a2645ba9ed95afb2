package io.clickpy.examples.sample;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What one file holds.
 *
 * @param index counts the files of the day from 0
 * @param drawnOfDay rows of the whole day whose project is drawn
 * @param exactOfDay rows of the whole day of each project with exact counts
 * @param drawn rows of this file whose project is drawn
 * @param exact rows of this file of each project with exact counts
 */
record PlannedFile(
    LocalDate date,
    int index,
    long drawnOfDay,
    List<Long> exactOfDay,
    long drawn,
    List<Long> exact) {
  long rows() {
    return drawn + exact.stream().mapToLong(Long::longValue).sum();
  }

  /** The name that ClickPy's daily export gives: the day's midnight in UTC, then the shard. */
  String name() {
    return String.format(Locale.ROOT, "%d-%012d.parquet", firstSecond(), index);
  }

  long firstSecond() {
    return Math.multiplyExact(date.toEpochDay(), 86_400L);
  }
}
