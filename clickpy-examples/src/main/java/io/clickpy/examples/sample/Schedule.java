package io.clickpy.examples.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Deals the downloads to days, by the weekday, and the days' rows to files. */
final class Schedule {
  /** Monday to Sunday, from ClickPy's daily totals of spring 2026; an average day is 10,000. */
  private static final long[] WEEKDAYS = {10_861, 11_320, 11_428, 11_312, 10_672, 7_269, 7_140};

  private Schedule() {}

  /** The files in order of time; a day without rows has none. */
  static List<PlannedFile> files(SampleDownloads sample) {
    LocalDate[] dates =
        IntStream.range(0, sample.days())
            .mapToObj(sample.firstDay()::plusDays)
            .toArray(LocalDate[]::new);
    long[] weights =
        Arrays.stream(dates)
            .mapToLong(day -> WEEKDAYS[day.getDayOfWeek().getValue() - 1])
            .toArray();
    long[] drawn = Apportionment.split(sample.downloads(), weights);
    List<PlannedFile> files = new ArrayList<>();
    for (int i = 0; i < dates.length; i++) {
      LocalDate date = dates[i];
      List<Long> exact =
          sample.exactCounts().values().stream()
              .map(counts -> counts.getOrDefault(date, 0L))
              .toList();
      addDay(files, date, drawn[i], exact, sample.rowsPerFile());
    }
    return files;
  }

  private static void addDay(
      List<PlannedFile> files, LocalDate date, long drawn, List<Long> exact, int rowsPerFile) {
    // The last group is that of the drawn rows.
    long[] left =
        LongStream.concat(exact.stream().mapToLong(Long::longValue), LongStream.of(drawn))
            .toArray();
    long rows = LongStream.of(left).sum();
    for (int index = 0; rows > 0; index++) {
      long size = Math.min(rows, rowsPerFile);
      long[] dealt = Apportionment.split(size, left);
      Arrays.setAll(left, i -> left[i] - dealt[i]);
      rows -= size;
      List<Long> exactHere = Arrays.stream(dealt).limit(exact.size()).boxed().toList();
      files.add(new PlannedFile(date, index, drawn, exact, dealt[exact.size()], exactHere));
    }
  }
}
