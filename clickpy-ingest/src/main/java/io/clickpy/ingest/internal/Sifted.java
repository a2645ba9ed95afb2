package io.clickpy.ingest.internal;

import io.clickpy.ingest.RejectReason;
import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.internal.publication.StagedFile;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the rows of a private table are, part by part.
 *
 * @param rows counts by part, day and reason
 */
record Sifted(Map<String, List<Rows>> rows) {
  static Sifted of(List<Rows> rows) {
    return new Sifted(rows.stream().collect(Collectors.groupingBy(Rows::part)));
  }

  boolean hasRejected() {
    return rows.values().stream().flatMap(List::stream).anyMatch(Rows::areRejected);
  }

  /** Returns the file whose rows are in some parts. */
  StagedFile file(LoadUnit unit, long rowsRead, Set<String> parts) {
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    for (String part : parts) {
      for (Rows some : rows.getOrDefault(part, List.of())) {
        if (some.areRejected()) {
          days.merge(some.day(), -some.count(), Long::sum);
          rejected.merge(RejectReason.valueOf(some.reason()), some.count(), Long::sum);
        } else {
          days.merge(some.day(), some.count(), Long::sum);
        }
      }
    }
    days.values().removeIf(count -> count == 0);
    return new StagedFile(unit, rowsRead, rejected, days);
  }

  /**
   * Rows of one part and one day.
   *
   * @param part the part
   * @param day the day
   * @param reason why they are rejected; empty for all rows, those rejected among them
   * @param count how many
   */
  record Rows(String part, LocalDate day, String reason, long count) {
    boolean areRejected() {
      return !reason.isEmpty();
    }
  }
}
