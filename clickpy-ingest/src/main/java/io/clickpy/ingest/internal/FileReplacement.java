package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.DateRange;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.ledger.LedgerEntry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Puts what a file has now into the place of what it brought before. */
final class FileReplacement {
  private static final int DAYS_NAMED = 5;

  private final ClickPy clickpy;
  private final LoadOptions options;
  private final Stocktaking stock;

  FileReplacement(ClickPy clickpy, LoadOptions options) {
    this.clickpy = clickpy;
    this.options = options;
    this.stock = new Stocktaking(clickpy, options.schema(), options.ledger());
  }

  /**
   * Replaces a file's downloads.
   *
   * @param loaded how its old content was loaded
   * @throws ClickPyException if that is not possible, or it failed
   */
  FileResult replace(LoadTask task, LedgerEntry loaded) {
    long start = System.nanoTime();
    SortedMap<LocalDate, Long> before = stock.left(loaded);
    requireWhole(loaded, before);
    requireAlone(before);
    return new DayReplacement(clickpy, options, EmptyDays.REFUSED, List.of())
        .replace(task.file(), before)
        .loaded(Duration.ofNanos(System.nanoTime() - start));
  }

  private static void requireWhole(LedgerEntry loaded, SortedMap<LocalDate, Long> before) {
    long left = before.values().stream().mapToLong(Long::longValue).sum();
    long brought = loaded.rowsRead() - loaded.rowsRejected();
    if (before.isEmpty() || left != brought) {
      throw refused(
          "of the %s downloads that it brought %s are left, since days were replaced"
              .formatted(brought, left));
    }
  }

  private void requireAlone(SortedMap<LocalDate, Long> before) {
    Map<LocalDate, Long> present =
        stock.downloads(DateRange.of(before.firstKey(), before.lastKey()));
    String others =
        before.entrySet().stream()
            .filter(day -> !day.getValue().equals(present.get(day.getKey())))
            .limit(DAYS_NAMED)
            .map(
                day ->
                    "of the %s downloads of %s it brought %s"
                        .formatted(
                            present.getOrDefault(day.getKey(), 0L), day.getKey(), day.getValue()))
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      throw refused(others);
    }
  }

  private static ClickPyException refused(String reason) {
    return new ClickPyException(
        ErrorCode.INVALID_DATA,
        "It was loaded before with another content, which it cannot replace (%s). Replace its days by all that they are to have: DayRepair.of(clickpy).replace(day, source)."
            .formatted(reason));
  }
}
