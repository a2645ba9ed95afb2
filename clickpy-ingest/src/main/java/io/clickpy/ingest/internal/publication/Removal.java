package io.clickpy.ingest.internal.publication;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of the raw table that a turn takes away before it moves others in: those of some days that
 * were there when the turn was prepared.
 *
 * @param days the days, sorted
 * @param newestBlock the number of the newest block that was there; while the table keeps the
 *     numbers of blocks, {@link #ROWS} means the same rows whatever is inserted or merged later
 */
public record Removal(List<LocalDate> days, long newestBlock) {
  /** The rows, as a condition over the raw table with {@code days} and {@code block} to bind. */
  public static final String ROWS =
      "date IN {days:Array(Date)} AND _block_number <= {block:UInt64}";

  /** Sorts the days. */
  public Removal {
    days = days.stream().distinct().sorted().toList();
  }

  /** Returns the removal of a {@link #toString()}. */
  static Removal parse(String text) {
    int at = text.indexOf('=');
    return new Removal(
        Arrays.stream(text.substring(0, at).split(",", -1)).map(LocalDate::parse).toList(),
        Long.parseLong(text.substring(at + 1)));
  }

  @Override
  public String toString() {
    return days.stream()
        .map(LocalDate::toString)
        .collect(Collectors.joining(",", "", "=" + newestBlock));
  }
}
