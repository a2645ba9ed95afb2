package io.clickpy.examples.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Downloads that look real, for examples, tests and benchmarks: Parquet files in the shape of
 * ClickPy's export of BigQuery's {@code file_downloads}, named as in its bucket.
 *
 * <p>Projects, countries, Pythons, systems, installers and file types have the shares that PyPI's
 * had in 2026, working days are busier than weekends, and unknown values are NULL where they are in
 * reality. What is made up is made up in the same style: less known names, versions, digests.
 *
 * <p>The same value writes the same bytes, on any machine and with any number of threads.
 * Immutable: each method returns another value.
 *
 * <pre>{@code
 * SampleReport report =
 *     SampleDownloads.of(42)
 *         .days(LocalDate.of(2024, 8, 12), 9)
 *         .downloads(1_000_000)
 *         .writeTo(Path.of("downloads"));
 * }</pre>
 *
 * @param seed tells one sample from another
 * @param firstDay in UTC
 * @param days at least 1
 * @param downloads of all days together, without the exact ones; 0 or more
 * @param projects how many share them, by PyPI's ranking; at least 1
 * @param rowsPerFile the most rows in a file; at least 1. A file holds rows of one day
 * @param exactCounts downloads that come on top, by normalised project name and day; these projects
 *     have no others
 */
public record SampleDownloads(
    long seed,
    LocalDate firstDay,
    int days,
    long downloads,
    int projects,
    int rowsPerFile,
    Map<String, Map<LocalDate, Long>> exactCounts) {
  private static final Pattern NORMALIZED_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a number is out of its range, a project's name is not
   *     normalised, or an exact count is negative or of a day outside the range
   */
  public SampleDownloads {
    check("number of days", days, 1);
    check("number of downloads", downloads, 0);
    check("number of projects", projects, 1);
    check("number of rows per file", rowsPerFile, 1);
    Map<String, Map<LocalDate, Long>> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Map<LocalDate, Long>> each : exactCounts.entrySet()) {
      checkName(each.getKey());
      checkCounts(each.getValue(), firstDay, firstDay.plusDays(days - 1L));
      copy.put(each.getKey(), Map.copyOf(each.getValue()));
    }
    exactCounts = Collections.unmodifiableMap(copy);
  }

  /**
   * A million downloads of 5,000 projects over a week from Monday, 12 August 2024, at most a
   * million to a file.
   */
  public static SampleDownloads of(long seed) {
    return new SampleDownloads(
        seed, LocalDate.of(2024, 8, 12), 7, 1_000_000, 5_000, 1_000_000, Map.of());
  }

  /**
   * Sets the days. Exact counts must lie within them, so this comes first.
   *
   * @param first in UTC
   * @param count at least 1
   */
  public SampleDownloads days(LocalDate first, int count) {
    return new SampleDownloads(seed, first, count, downloads, projects, rowsPerFile, exactCounts);
  }

  /**
   * Sets how many downloads there are in all, 0 or more, not counting {@linkplain #exactly exact}
   * ones.
   */
  public SampleDownloads downloads(long count) {
    return new SampleDownloads(seed, firstDay, days, count, projects, rowsPerFile, exactCounts);
  }

  /** Sets how many projects share the {@linkplain #downloads(long) downloads}, at least 1. */
  public SampleDownloads projects(int count) {
    return new SampleDownloads(seed, firstDay, days, downloads, count, rowsPerFile, exactCounts);
  }

  /** Sets the most rows in a file, at least 1. */
  public SampleDownloads rowsPerFile(int rows) {
    return new SampleDownloads(seed, firstDay, days, downloads, projects, rows, exactCounts);
  }

  /**
   * Gives a project exactly these downloads, on top of the others, and none on other days.
   *
   * @param project the normalised name; a later call for the same project replaces its counts
   * @param counts for days within the range
   */
  public SampleDownloads exactly(String project, Map<LocalDate, Long> counts) {
    Map<String, Map<LocalDate, Long>> all = new LinkedHashMap<>(exactCounts);
    all.put(project, counts);
    return new SampleDownloads(seed, firstDay, days, downloads, projects, rowsPerFile, all);
  }

  /** How many rows there are in all. */
  public long rows() {
    return Schedule.files(this).stream().mapToLong(PlannedFile::rows).sum();
  }

  /**
   * Writes the files, telling nobody of the progress.
   *
   * @see #writeTo(Path, LongConsumer)
   */
  public SampleReport writeTo(Path directory) throws IOException {
    return writeTo(directory, rows -> {});
  }

  /**
   * Writes the files, on as many threads as there are processors. A file appears under its name
   * when it is whole, and replaces one of that name; other files of the directory are left alone.
   *
   * @param directory is created if it does not exist
   * @param progress is told the number of rows written so far, now and then, by one thread at a
   *     time
   * @throws IOException if a file cannot be written; an {@link java.io.InterruptedIOException},
   *     with the thread's flag set, if the thread is interrupted. No file is being written any
   *     more, and those that are whole remain
   */
  public SampleReport writeTo(Path directory, LongConsumer progress) throws IOException {
    return writeTo(directory, progress, Runtime.getRuntime().availableProcessors());
  }

  SampleReport writeTo(Path directory, LongConsumer progress, int threads) throws IOException {
    return new SampleWriter(directory, new DownloadGenerator(this), progress)
        .write(Schedule.files(this), threads);
  }

  /** Hands over each download, in the order of the files and their rows. */
  void forEach(Consumer<? super Download> action) {
    DownloadGenerator generator = new DownloadGenerator(this);
    for (PlannedFile file : Schedule.files(this)) {
      generator.rows(file).forEachRemaining(action);
    }
  }

  private static void check(String what, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "Invalid " + what + ": " + value + " (must be at least " + least + ").");
    }
  }

  private static void checkName(String project) {
    if (!NORMALIZED_NAME.matcher(project).matches()) {
      throw new IllegalArgumentException(
          "Invalid project name: '"
              + project
              + "' (must be normalised: lower-case letters and digits, single hyphens between).");
    }
  }

  private static void checkCounts(Map<LocalDate, Long> counts, LocalDate first, LocalDate last) {
    counts.forEach(
        (day, count) -> {
          check("exact count of " + day, count, 0);
          if (day.isBefore(first) || day.isAfter(last)) {
            throw new IllegalArgumentException(
                "Invalid day of an exact count: %s (must be from %s to %s). Set the days first."
                    .formatted(day, first, last));
          }
        });
  }
}
